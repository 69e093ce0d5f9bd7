import HotReloadPort

/// A variable whose value outlives a reload, as an image has it (docs/MODULE-FORMAT.md).
public struct KeptVariable: Equatable, Sendable {
  /// Bytes of its record in a block.
  public static let recordSize: UInt32 = 16

  /// FNV-1a (32 bits) of its name, without NUL.
  public let nameHash: UInt32
  /// What the build made of its type.
  public let layoutHash: UInt32
  /// Virtual address in an image; address on the data bus in a block.
  public let address: UInt32
  /// Bytes.
  public let size: UInt32

  init(nameHash: UInt32, layoutHash: UInt32, address: UInt32, size: UInt32) {
    self.nameHash = nameHash
    self.layoutHash = layoutHash
    self.address = address
    self.size = size
  }

  /// The variable whose record `relocate` wrote at `record`: record `index` of a module begins at its block's data
  /// address + `ModuleImage.keptTableOffset` + `index` × `recordSize`.
  public init<Memory: MemoryPort>(record: UInt32, in memory: Memory) {
    nameHash = memory.word(at: record)
    layoutHash = memory.word(at: record &+ 4)
    address = memory.word(at: record &+ 8)
    size = memory.word(at: record &+ 12)
  }

  /// Writes the record of a variable of the block at `dataAddress`.
  func write<Memory: MemoryPort>(
    record: UInt32, dataAddress: UInt32, _ memory: inout Memory
  ) {
    memory.setWord(nameHash, at: record)
    memory.setWord(layoutHash, at: record &+ 4)
    memory.setWord(dataAddress &+ address, at: record &+ 8)
    memory.setWord(size, at: record &+ 12)
  }
}
