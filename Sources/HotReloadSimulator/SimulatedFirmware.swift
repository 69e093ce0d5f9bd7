import HotReloadPort

/// A firmware with generated symbol tables, as the linker would have made it.
package final class SimulatedFirmware: FirmwarePort {
  package let buildID: BuildID
  package let chip: UInt16
  package let key: InlineArray<32, UInt8>
  /// Whether the application alone confirms modules.
  package var isConfirmedByApplication = false
  /// Milliseconds.
  package var trialTimeout: UInt32 = 10_000
  private let tables: [SimulatedSymbolTable]
  package var safePoint = SafePointPolicy.wait
  package var keepsFreedCode = false

  package init(
    buildID: [UInt8], chip: UInt16, key: [UInt8], tables: [SimulatedSymbolTable]
  ) {
    self.buildID = BuildID(bytes: InlineArray { $0 < buildID.count ? buildID[$0] : 0 })
    self.chip = chip
    self.key = InlineArray { $0 < key.count ? key[$0] : 0 }
    self.tables = tables
  }

  package func withVersion<Value>(_ body: (Span<UInt8>) -> Value) -> Value {
    let version: [UInt8] = Array("1".utf8)
    return body(version.span)
  }

  package var tableCount: UInt32 { UInt32(tables.count) }
  /// Empties all tables, as a boot does.
  package func restart() {
    for table in tables { for index in 0..<table.count { table.emptySlot(index) } }
  }

  package func table(at index: UInt32) -> SimulatedSymbolTable { tables[Int(index)] }
}

/// One symbol table; a slot is nil while it is empty.
package final class SimulatedSymbolTable: SymbolTable {
  package let label: PartitionLabel?
  /// Export names in byte order.
  package let names: [String]
  /// Where each stub jumps to.
  package private(set) var slots: [UInt32?]

  package init(partition: String, exports: [String]) {
    label = PartitionLabel(partition)
    names = exports.sorted { Array($0.utf8).lexicographicallyPrecedes(Array($1.utf8)) }
    slots = Array(repeating: nil, count: names.count)
  }

  package var count: UInt32 { UInt32(names.count) }

  package var namesHash: UInt32 {
    var hash: UInt32 = 0x811C_9DC5
    for name in names {
      for byte in Array(name.utf8) + [0] { hash = (hash ^ UInt32(byte)) &* 0x0100_0193 }
    }
    return hash
  }

  package func withName<Value>(_ index: UInt32, _ body: (Span<UInt8>) -> Value) -> Value {
    let name = Array(names[Int(index)].utf8)
    return body(name.span)
  }

  package func setSlot(_ index: UInt32, to address: UInt32) { slots[Int(index)] = address }
  package func slot(_ index: UInt32) -> UInt32 { slots[Int(index)] ?? 0 }
  package func emptySlot(_ index: UInt32) { slots[Int(index)] = nil }

  /// The slot of an export by name; nil while it is empty or if there is no such export.
  package subscript(name: String) -> UInt32? {
    names.firstIndex(of: name).flatMap { slots[$0] }
  }
}
