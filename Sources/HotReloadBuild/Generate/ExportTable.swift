/// The symbol table of one module as the firmware has it: one slot a name, in this order.
public struct ExportTable: Equatable, Sendable {
  /// Label of the module's partition.
  public var label: String
  /// Sorted by byte value, no name twice.
  public var names: [String]

  /// Sorts the names.
  public init(label: String, names: [String]) {
    self.label = label
    self.names = names.sortedByBytes()
  }

  /// FNV-1a (32 bits) of all names in order, each followed by a NUL (docs/MODULE-FORMAT.md).
  public var namesHash: UInt32 {
    var hash = FNV1a()
    for name in names {
      for byte in name.utf8 { hash.combine(byte) }
      hash.combine(0)
    }
    return hash.value
  }
}

/// FNV-1a with 32 bits; offset basis and prime of Fowler, Noll and Vo.
struct FNV1a {
  private(set) var value: UInt32 = 0x811c_9dc5

  mutating func combine(_ byte: UInt8) { value = (value ^ UInt32(byte)) &* 0x0100_0193 }

  static func hash(of bytes: some Sequence<UInt8>) -> UInt32 {
    var hash = FNV1a()
    for byte in bytes { hash.combine(byte) }
    return hash.value
  }
}
