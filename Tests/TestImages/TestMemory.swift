import HotReloadPort

/// RAM that counts what is done to each byte and notes every access outside the block instead of trapping.
package struct TestMemory: MemoryPort {
  package let base: UInt32
  /// Bytes of the block; 0xCC where nothing was written.
  package private(set) var bytes: [UInt8]
  /// How often each byte was written or zeroed in bulk.
  package private(set) var bulkWrites: [Int]
  package private(set) var accessesOutside = 0

  package init(base: UInt32, size: UInt32) {
    self.base = base
    bytes = .init(repeating: 0xCC, count: Int(size))
    bulkWrites = .init(repeating: 0, count: Int(size))
  }

  package mutating func allocate(
    size: UInt32, alignment: UInt32, capabilities: UInt32, purpose: MemoryPurpose
  ) throws(MemoryError) -> MemoryBlock {
    guard size <= bytes.count, base % alignment == 0 else { throw .outOfMemory }
    return MemoryBlock(dataAddress: base, executableAddress: base, size: size)
  }

  package mutating func free(_ block: MemoryBlock) {}
  package mutating func synchronize(_ block: MemoryBlock) {}

  package mutating func write(_ source: RawSpan, at address: UInt32) {
    guard let range = range(address, count: source.byteCount) else { return }
    for (index, place) in range.enumerated() {
      // Safety: every bit pattern is a byte.
      bytes[place] = unsafe source.unsafeLoad(fromByteOffset: index, as: UInt8.self)
      bulkWrites[place] += 1
    }
  }

  package mutating func zero(at address: UInt32, count: UInt32) {
    guard let range = range(address, count: Int(count)) else { return }
    for place in range {
      bytes[place] = 0
      bulkWrites[place] += 1
    }
  }

  package mutating func copy(from source: UInt32, to address: UInt32, count: UInt32) {
    for index in 0..<count { setByte(byte(at: source + index), at: address + index) }
  }

  package func word(at address: UInt32) -> UInt32 {
    precondition(address % 4 == 0 && contains(address, count: 4), "word at \(address)")
    return bytes.word(at: Int(address - base))
  }

  package mutating func setWord(_ value: UInt32, at address: UInt32) {
    guard address % 4 == 0, let range = range(address, count: 4) else {
      accessesOutside += 1
      return
    }
    bytes.set(word: value, at: range.lowerBound)
  }

  package func withBytes<Value>(
    at address: UInt32, count: UInt32, _ body: (RawSpan) -> Value
  ) -> Value {
    let start = Int(address - base)
    // Safety: bytes have no padding.
    return body(unsafe bytes.span.bytes.extracting(start..<start + Int(count)))
  }

  package func byte(at address: UInt32) -> UInt8 {
    precondition(contains(address, count: 1), "byte at \(address)")
    return bytes[Int(address - base)]
  }

  package mutating func setByte(_ value: UInt8, at address: UInt32) {
    guard let range = range(address, count: 1) else { return }
    bytes[range.lowerBound] = value
  }

  /// The word of the module that was linked at `address`, whatever its alignment.
  package func linked(_ address: UInt32) -> UInt32 { bytes.word(at: Int(address)) }

  private func contains(_ address: UInt32, count: Int) -> Bool {
    address >= base && Int(address - base) + count <= bytes.count
  }

  private mutating func range(_ address: UInt32, count: Int) -> Range<Int>? {
    guard contains(address, count: count) else {
      accessesOutside += 1
      return nil
    }
    return Int(address - base)..<Int(address - base) + count
  }
}
