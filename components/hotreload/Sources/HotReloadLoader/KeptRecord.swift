import HotReloadPort

/// What the chip knows of a variable whose value outlives a reload (docs/MODULE-FORMAT.md): four words, of an image or
/// of a block.
public struct KeptRecord: Equatable, Sendable {
  /// Bytes of a record in a block, and of a variable's entry in a note.
  public static let size: UInt32 = 16

  /// FNV-1a (32 bits) of the variable's name, without NUL.
  public let nameHash: UInt32
  /// What the build made of its type.
  public let layoutHash: UInt32
  /// Virtual address in an image; address on the data bus in a block.
  public let address: UInt32
  /// Bytes of the variable.
  public let byteCount: UInt32

  init(nameHash: UInt32, layoutHash: UInt32, address: UInt32, byteCount: UInt32) {
    self.nameHash = nameHash
    self.layoutHash = layoutHash
    self.address = address
    self.byteCount = byteCount
  }

  /// The record that `ModuleImage.relocate` wrote at `place`, an address on the data bus. Record `index` of a module
  /// is at its data block's address + `ModuleImage.keptTableOffset` + `index` × `size`.
  public init<Memory: MemoryPort>(at place: UInt32, in memory: Memory) {
    nameHash = memory.word(at: place)
    layoutHash = memory.word(at: place &+ 4)
    address = memory.word(at: place &+ 8)
    byteCount = memory.word(at: place &+ 12)
  }

  /// Writes the record of an image's variable at `place`, for data with this bias.
  func write<Memory: MemoryPort>(at place: UInt32, bias: UInt32, _ memory: inout Memory) {
    memory.setWord(nameHash, at: place)
    memory.setWord(layoutHash, at: place &+ 4)
    memory.setWord(bias &+ address, at: place &+ 8)
    memory.setWord(byteCount, at: place &+ 12)
  }
}
