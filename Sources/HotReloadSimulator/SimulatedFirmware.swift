import HotReloadPort

/// A firmware with generated symbol tables, as the linker would have made it.
public final class SimulatedFirmware: FirmwarePort {
  public let buildID: BuildID
  public let chip: UInt16
  public let key: InlineArray<32, UInt8>
  private let tables: [SimulatedSymbolTable]

  public init(
    buildID: [UInt8], chip: UInt16, key: [UInt8], tables: [SimulatedSymbolTable]
  ) {
    self.buildID = BuildID(bytes: InlineArray { $0 < buildID.count ? buildID[$0] : 0 })
    self.chip = chip
    self.key = InlineArray { $0 < key.count ? key[$0] : 0 }
    self.tables = tables
  }

  public func withVersion<Value>(_ body: (Span<UInt8>) -> Value) -> Value {
    let version: [UInt8] = Array("1".utf8)
    return body(version.span)
  }

  public var tableCount: UInt32 { UInt32(tables.count) }
  /// Empties all tables, as a boot does.
  public func restart() {
    for table in tables { for index in 0..<table.count { table.emptySlot(index) } }
  }

  public func table(at index: UInt32) -> SimulatedSymbolTable { tables[Int(index)] }
}

/// One symbol table; a slot is nil while it is empty.
public final class SimulatedSymbolTable: SymbolTable {
  public let label: PartitionLabel?
  /// Export names in byte order.
  public let names: [String]
  /// Where each stub jumps to.
  public private(set) var slots: [UInt32?]

  public init(partition: String, exports: [String]) {
    label = PartitionLabel(partition)
    names = exports.sorted { Array($0.utf8).lexicographicallyPrecedes(Array($1.utf8)) }
    slots = Array(repeating: nil, count: names.count)
  }

  public var count: UInt32 { UInt32(names.count) }

  public var namesHash: UInt32 {
    var hash: UInt32 = 0x811C_9DC5
    for name in names {
      for byte in Array(name.utf8) + [0] { hash = (hash ^ UInt32(byte)) &* 0x0100_0193 }
    }
    return hash
  }

  public func withName<Value>(_ index: UInt32, _ body: (Span<UInt8>) -> Value) -> Value {
    let name = Array(names[Int(index)].utf8)
    return body(name.span)
  }

  public func setSlot(_ index: UInt32, to address: UInt32) { slots[Int(index)] = address }
  public func emptySlot(_ index: UInt32) { slots[Int(index)] = nil }

  /// The slot of an export by name; nil while it is empty or if there is no such export.
  public subscript(name: String) -> UInt32? {
    names.firstIndex(of: name).flatMap { slots[$0] }
  }
}
