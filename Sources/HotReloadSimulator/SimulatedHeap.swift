import HotReloadPort

/// A piece of RAM from which blocks are allocated, first fit. Any access outside an allocated block stops the test, as a
/// bus fault would stop the chip.
struct SimulatedHeap {
  /// Where it begins on the data bus.
  private let base: UInt32
  /// Whether it takes aligned words only (ESP32's IRAM): anything else stops the test.
  private let takesWordsOnly: Bool
  private var bytes: [UInt8]
  /// What instruction fetch sees: what was there when its block was synchronized.
  private var fetched: [UInt8]
  /// Allocated blocks, in ascending order.
  private(set) var blocks: [MemoryBlock] = []

  init(at base: UInt32, size: UInt32, takesWordsOnly: Bool = false) {
    self.base = base
    self.takesWordsOnly = takesWordsOnly
    bytes = Array(repeating: 0xA5, count: Int(size))
    fetched = Array(repeating: 0, count: Int(size))
  }

  /// Allocates a block. `execute` says where the instruction bus sees an address; nil: nowhere, so there is no memory.
  mutating func allocate(
    size: UInt32, alignment: UInt32, execute: (_ address: UInt32) -> UInt32?
  ) throws(MemoryError) -> MemoryBlock {
    var address = UInt64(base)
    for block in blocks {
      address = address.aligned(to: alignment)
      if address + UInt64(size) <= UInt64(block.dataAddress) { break }
      address = UInt64(block.dataAddress) + UInt64(block.size)
    }
    address = address.aligned(to: alignment)
    guard address + UInt64(size) <= UInt64(base) + UInt64(bytes.count),
      let executableAddress = execute(UInt32(address))
    else { throw .outOfMemory }
    let block = MemoryBlock(
      dataAddress: UInt32(address), executableAddress: executableAddress, size: size)
    blocks.append(block)
    blocks.sort { $0.dataAddress < $1.dataAddress }
    let range = range(of: block)
    fetched.replaceSubrange(range, with: repeatElement(0, count: range.count))
    return block
  }

  /// Gives a block back; false if it is not one of this heap's.
  mutating func free(_ block: MemoryBlock) -> Bool {
    guard let index = blocks.firstIndex(of: block) else { return false }
    blocks.remove(at: index)
    return true
  }

  /// Whether `address` is an address of the heap.
  func contains(_ address: UInt32) -> Bool {
    address >= base && Int(address - base) < bytes.count
  }

  mutating func write(_ source: RawSpan, at address: UInt32) {
    let start = offset(address, count: UInt32(source.byteCount))
    for index in 0..<source.byteCount {
      // Safety: `index` is less than `byteCount`.
      bytes[start + index] = unsafe source.unsafeLoad(fromByteOffset: index, as: UInt8.self)
    }
  }

  /// The byte at an address.
  subscript(address: UInt32) -> UInt8 {
    get { bytes[offset(address, count: 1)] }
    set { bytes[offset(address, count: 1)] = newValue }
  }

  func word(at address: UInt32) -> UInt32 {
    let start = offset(address, count: 4, isWord: true)
    return (0..<4).reduce(0) { $0 | UInt32(bytes[start + $1]) << UInt32(8 * $1) }
  }

  mutating func setWord(_ value: UInt32, at address: UInt32) {
    let start = offset(address, count: 4, isWord: true)
    for index in 0..<4 {
      bytes[start + index] = UInt8(truncatingIfNeeded: value >> (8 * UInt32(index)))
    }
  }

  /// What is there, and what instruction fetch sees, whether or not anybody owns it.
  func remains(at address: UInt32, count: UInt32) -> (data: [UInt8], fetched: [UInt8]) {
    let range = Int(address - base)..<Int(address - base) + Int(count)
    return (Array(bytes[range]), Array(fetched[range]))
  }

  /// Makes a block visible to instruction fetch.
  mutating func synchronize(_ block: MemoryBlock) {
    let range = range(of: block)
    fetched.replaceSubrange(range, with: bytes[range])
  }

  /// Whether instruction fetch sees at `address`, of the instruction bus, what the data bus wrote there.
  func isFetched(at address: UInt32) -> Bool {
    guard
      let block = blocks.first(where: {
        address >= $0.executableAddress && address - $0.executableAddress + 2 <= $0.size
      })
    else { return false }
    let start = Int(block.dataAddress - base) + Int(address - block.executableAddress)
    return fetched[start..<start + 2] == bytes[start..<start + 2]
  }

  private func range(of block: MemoryBlock) -> Range<Int> {
    let start = Int(block.dataAddress - base)
    return start..<start + Int(block.size)
  }

  private func offset(_ address: UInt32, count: UInt32, isWord: Bool = false) -> Int {
    precondition(isWord || !takesWordsOnly, "access of \(count) bytes at \(address): words only")
    precondition(!isWord || address % 4 == 0, "unaligned word at \(address)")
    guard blocks.contains(where: { $0.contains(address, count: count) }) else {
      fatalError("access of \(count) bytes at \(address) lies in no allocated block")
    }
    return Int(address - base)
  }
}

extension MemoryBlock {
  fileprivate func contains(_ address: UInt32, count: UInt32) -> Bool {
    address >= dataAddress && UInt64(address) + UInt64(count) <= UInt64(dataAddress) + UInt64(size)
  }
}

extension UInt64 {
  fileprivate func aligned(to alignment: UInt32) -> UInt64 {
    (self + UInt64(alignment) - 1) & ~(UInt64(alignment) - 1)
  }
}
