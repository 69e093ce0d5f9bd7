/// One block of RAM that holds a module: the same bytes seen from the data bus and from the instruction bus.
public struct MemoryBlock: Equatable, Sendable {
  /// Address of the first byte on the data bus.
  public var dataAddress: UInt32
  /// Address of the first byte on the instruction bus.
  public var executableAddress: UInt32
  /// Bytes.
  public var size: UInt32

  /// The block at these addresses.
  public init(dataAddress: UInt32, executableAddress: UInt32, size: UInt32) {
    self.dataAddress = dataAddress
    self.executableAddress = executableAddress
    self.size = size
  }

  /// No memory.
  public static var empty: MemoryBlock {
    MemoryBlock(dataAddress: 0, executableAddress: 0, size: 0)
  }

  /// What has to be added to a data address to execute it; differences wrap.
  public var executableOffset: UInt32 { executableAddress &- dataAddress }
}

/// What a block is for (`HOTRELOAD_PORT_MODULE` … in hotreload_port.h).
public enum MemoryPurpose: Int32, Sendable {
  /// All of a module: data and code, in a block that both buses see.
  case module = 0
  /// The data of a module whose code is apart; nobody executes it.
  case data = 1
  /// That code: memory for aligned words only, at one address on both buses.
  case code = 2
  /// The image of a module, before it is loaded: nobody executes it, on no chip. External RAM is welcome.
  case image = 3
}

/// Why no memory could be had.
public enum MemoryError: Error, Equatable, Sendable {
  /// No free block of the requested size.
  case outOfMemory
  /// The firmware's configuration allows no executable RAM (memory protection).
  case notExecutable
}

/// The chip's RAM. Addresses are the chip's own, on the data bus; callers stay within blocks that
/// `allocate` returned.
public protocol MemoryPort {
  /// Allocates `size` bytes, aligned to `alignment` (a power of two) on the data bus.
  /// `capabilities` are ESP-IDF heap capabilities, 0 for the port's choice. Blocks for data and for code are asked for on chips
  /// that have them apart, and on no others; one for an image on all.
  mutating func allocate(
    size: UInt32, alignment: UInt32, capabilities: UInt32, purpose: MemoryPurpose
  ) throws(MemoryError) -> MemoryBlock
  mutating func free(_ block: MemoryBlock)

  // In a block for code, of what follows only `word` and `setWord` are called.

  /// Lends `count` bytes from `address` to `body`, which writes to other blocks only.
  func withBytes<Value>(at address: UInt32, count: UInt32, _ body: (RawSpan) -> Value) -> Value
  mutating func write(_ bytes: RawSpan, at address: UInt32)
  mutating func zero(at address: UInt32, count: UInt32)
  /// Copies data from one block to another, or within one to where it does not reach into itself, of any alignment. Nobody
  /// executes it: no `synchronize` follows.
  mutating func copy(from source: UInt32, to address: UInt32, count: UInt32)
  /// Reads or writes an aligned little-endian word.
  func word(at address: UInt32) -> UInt32
  mutating func setWord(_ value: UInt32, at address: UInt32)
  func byte(at address: UInt32) -> UInt8
  mutating func setByte(_ value: UInt8, at address: UInt32)

  /// Makes what was written visible to instruction fetch.
  mutating func synchronize(_ block: MemoryBlock)
}
