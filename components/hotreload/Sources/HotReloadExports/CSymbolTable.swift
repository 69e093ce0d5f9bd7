import CHotReload
import HotReloadPort

/// A generated symbol table.
@safe struct CSymbolTable: SymbolTable {
  /// Safety: points at a generated constant.
  private let table: UnsafePointer<hotreload_port_table_t>

  /// Table `index`; `index` is below `hotreload_port_table_count`.
  init(at index: UInt32) {
    // Safety: the caller keeps `index` in range; generated entries are never NULL.
    unsafe table = hotreload_port_table(index).unsafelyUnwrapped
  }

  var label: PartitionLabel? {
    // Safety: the generated label is a literal.
    unsafe PartitionLabel(cString: table.pointee.partition_label)
  }

  var count: UInt32 { unsafe table.pointee.count }
  var namesHash: UInt32 { unsafe table.pointee.names_hash }

  func withName<Value>(_ index: UInt32, _ body: (Span<UInt8>) -> Value) -> Value {
    // Safety: the caller keeps `index` below `count`; names are literals, which end with a NUL.
    return unsafe withBytes(of: table.pointee.names[Int(truncatingIfNeeded: index)], body)
  }

  func setSlot(_ index: UInt32, to address: UInt32) {
    // Safety: the caller keeps `index` below `count`.
    unsafe hotreload_port_set_slot(table, index, address)
  }

  func slot(_ index: UInt32) -> UInt32 {
    // Safety: the caller keeps `index` below `count`.
    unsafe hotreload_port_slot(table, index)
  }

  func emptySlot(_ index: UInt32) {
    // Safety: the caller keeps `index` below `count`.
    unsafe hotreload_port_clear_slot(table, index)
  }
}
