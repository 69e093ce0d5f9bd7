import HotReloadLoader
import HotReloadPort
import HotReloadServer

// A module is known by the index of its symbol table in the firmware.

extension Runtime {
  /// Number of modules that the firmware can have.
  @inline(never)
  mutating func countTables() -> Int {
    // The build refuses a firmware with more.
    min(Int(truncatingIfNeeded: firmware.tableCount), modules.count)
  }

  /// The symbol table of module `index`.
  mutating func table(_ index: Int) -> P.Firmware.Table {
    firmware.table(at: UInt32(truncatingIfNeeded: index))
  }

  /// The label of module `index`: of the partition that it lives in.
  mutating func label(_ index: Int) throws(RuntimeError) -> PartitionLabel {
    guard let label = table(index).label else { throw .unknownPartition }
    return label
  }

  /// The module that lives in the partition `label`; nil if the firmware has none there.
  @inline(never)
  mutating func find(_ label: PartitionLabel) -> Int? {
    for index in 0..<countTables() where table(index).label == label { return index }
    return nil
  }

  /// The module that lives in the partition `label`; throws `noSymbolTable`.
  mutating func index(of label: PartitionLabel) throws(RuntimeError) -> Int {
    guard let index = find(label) else { throw .noSymbolTable }
    return index
  }

  /// Whose exports the image has. One that does not say which it has, or has those of none, stands for the first
  /// module that runs, or else for the firmware's first.
  @inline(never)
  mutating func index(for bytes: RawSpan) -> Int {
    let count = countTables()
    if let manifest = manifest(of: bytes) {
      for index in 0..<count where table(index).isListed(in: manifest) { return index }
    }
    for index in 0..<count where modules[index].isLoaded { return index }
    return 0
  }

  /// Notes whether an image waits to be loaded.
  @inline(never)
  mutating func setPending(_ isPending: Bool, _ index: Int) {
    modules[index].isPending = isPending
    var isAnyPending = false
    for index in 0..<countTables() where modules[index].isPending { isAnyPending = true }
    // In one step: the application reads it whenever it likes.
    device.isPending = isAnyPending
  }
}
