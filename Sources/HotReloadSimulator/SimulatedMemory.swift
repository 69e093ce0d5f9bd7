import HotReloadLoader
import HotReloadPort

/// A chip's module RAM: one heap on the data bus, seen by the instruction bus at the chip's offset.
/// Any access outside an allocated block stops the test, as a bus fault would stop the chip; an address of the
/// instruction bus is outside where the chip has two buses. So does synchronizing a part of a cache line.
package final class SimulatedMemory: MemoryPort {
  private let chip: Chip
  /// Where the heap begins on the data bus.
  private let base: UInt32
  /// Distance from the data bus to the instruction bus, of the blocks that are allocated from now on.
  package var executableOffset: UInt32
  private var bytes: [UInt8]
  /// Allocated blocks by data address.
  package private(set) var blocks: [MemoryBlock] = []
  /// The number of allocations after which every further one fails.
  package var allocationsUntilFailure: Int?
  /// Whether the configuration allows executable RAM (memory protection off).
  package var isExecutable = true
  /// What instruction fetch sees of the RAM: what was there when its block was synchronized.
  private var fetched: [UInt8]

  /// The first `size` bytes of the chip's internal RAM.
  package init(chip: Chip, size: UInt32) {
    precondition(
      chip.dataBus.contains(chip.dataBus.start, count: size), "more than \(chip.name) has")
    self.chip = chip
    base = chip.dataBus.start
    executableOffset = chip.executableOffset
    bytes = Array(repeating: 0xA5, count: Int(size))
    fetched = Array(repeating: 0, count: Int(size))
  }

  package func allocate(
    size: UInt32, alignment: UInt32, capabilities: UInt32, purpose: MemoryPurpose
  ) throws(MemoryError) -> MemoryBlock {
    guard isExecutable else { throw .notExecutable }
    if let left = allocationsUntilFailure {
      guard left > 0 else { throw .outOfMemory }
      allocationsUntilFailure = left - 1
    }
    var address = UInt64(base)
    for block in blocks {
      address = address.aligned(to: alignment)
      if address + UInt64(size) <= UInt64(block.dataAddress) { break }
      address = UInt64(block.dataAddress) + UInt64(block.size)
    }
    address = address.aligned(to: alignment)
    guard address + UInt64(size) <= UInt64(base) + UInt64(bytes.count) else { throw .outOfMemory }
    let block = MemoryBlock(
      dataAddress: UInt32(address), executableAddress: UInt32(address) &+ executableOffset,
      size: size)
    blocks.append(block)
    blocks.sort { $0.dataAddress < $1.dataAddress }
    let range = range(of: block)
    fetched.replaceSubrange(range, with: repeatElement(0, count: range.count))
    return block
  }

  package func free(_ block: MemoryBlock) {
    guard let index = blocks.firstIndex(of: block) else {
      fatalError("free of a block that is not allocated: \(block)")
    }
    blocks.remove(at: index)
  }

  package func write(_ source: RawSpan, at address: UInt32) {
    let start = offset(address, count: UInt32(source.byteCount))
    for index in 0..<source.byteCount {
      // Safety: `index` is less than `byteCount`.
      bytes[start + index] = unsafe source.unsafeLoad(fromByteOffset: index, as: UInt8.self)
    }
  }

  package func zero(at address: UInt32, count: UInt32) {
    let start = offset(address, count: count)
    for index in 0..<Int(count) { bytes[start + index] = 0 }
  }

  package func copy(from source: UInt32, to address: UInt32, count: UInt32) {
    let old = offset(source, count: count)
    let new = offset(address, count: count)
    for index in 0..<Int(count) { bytes[new + index] = bytes[old + index] }
  }

  package func word(at address: UInt32) -> UInt32 {
    precondition(address % 4 == 0, "unaligned load at \(address)")
    let start = offset(address, count: 4)
    return (0..<4).reduce(0) { $0 | UInt32(bytes[start + $1]) << UInt32(8 * $1) }
  }

  package func setWord(_ value: UInt32, at address: UInt32) {
    precondition(address % 4 == 0, "unaligned store at \(address)")
    let start = offset(address, count: 4)
    for index in 0..<4 {
      bytes[start + index] = UInt8(truncatingIfNeeded: value >> (8 * UInt32(index)))
    }
  }

  package func byte(at address: UInt32) -> UInt8 { bytes[offset(address, count: 1)] }

  package func setByte(_ value: UInt8, at address: UInt32) {
    bytes[offset(address, count: 1)] = value
  }

  package func synchronize(_ block: MemoryBlock) {
    precondition(
      block.dataAddress % chip.cacheLine == 0 && block.size % chip.cacheLine == 0,
      "a part of a cache line: \(block)")
    let range = range(of: block)
    fetched.replaceSubrange(range, with: bytes[range])
  }

  /// Whether the instruction bus sees at `address` what the data bus wrote there.
  package func isExecutable(at address: UInt32) -> Bool {
    guard chip.instructionBus.contains(address) else { return false }
    let address = address &- executableOffset
    guard blocks.contains(where: { $0.contains(address, count: 2) }) else { return false }
    let start = offset(address, count: 2)
    return fetched[start..<start + 2] == bytes[start..<start + 2]
  }

  private func range(of block: MemoryBlock) -> Range<Int> {
    let start = Int(block.dataAddress - base)
    return start..<start + Int(block.size)
  }

  private func offset(_ address: UInt32, count: UInt32) -> Int {
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
