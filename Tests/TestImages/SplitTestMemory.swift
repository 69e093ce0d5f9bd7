import HotReloadPort

/// RAM in two places, one for data and one that takes aligned words only; counts whatever else is done to the second.
package struct SplitTestMemory: MemoryPort {
  /// Data, of any alignment.
  package private(set) var data: TestMemory
  /// Code, a word at a time.
  package private(set) var code: TestMemory
  /// How often each word of the code was written.
  package private(set) var wordWrites: [Int]
  /// Accesses of the code that are no words.
  package private(set) var narrowAccesses = 0

  package init(data: TestMemory, code: TestMemory) {
    self.data = data
    self.code = code
    wordWrites = .init(repeating: 0, count: code.bytes.count / 4)
  }

  /// Accesses outside of both.
  package var accessesOutside: Int { data.accessesOutside + code.accessesOutside }

  package mutating func allocate(
    size: UInt32, alignment: UInt32, capabilities: UInt32, purpose: MemoryPurpose
  ) throws(MemoryError) -> MemoryBlock {
    purpose == .code
      ? try code.allocate(
        size: size, alignment: alignment, capabilities: capabilities, purpose: purpose)
      : try data.allocate(
        size: size, alignment: alignment, capabilities: capabilities, purpose: purpose)
  }

  package mutating func free(_ block: MemoryBlock) {}
  package mutating func synchronize(_ block: MemoryBlock) {}

  private func isCode(_ address: UInt32) -> Bool {
    address >= code.base && address - code.base < UInt32(code.bytes.count)
  }

  package mutating func write(_ source: RawSpan, at address: UInt32) {
    if isCode(address) { narrowAccesses += 1 }
    data.write(source, at: address)
  }

  package mutating func zero(at address: UInt32, count: UInt32) {
    if isCode(address) { narrowAccesses += 1 }
    data.zero(at: address, count: count)
  }

  package mutating func copy(from source: UInt32, to address: UInt32, count: UInt32) {
    if isCode(address) || isCode(source) { narrowAccesses += 1 }
    data.copy(from: source, to: address, count: count)
  }

  package func word(at address: UInt32) -> UInt32 {
    isCode(address) ? code.word(at: address) : data.word(at: address)
  }

  package mutating func setWord(_ value: UInt32, at address: UInt32) {
    guard isCode(address) else { return data.setWord(value, at: address) }
    code.setWord(value, at: address)
    wordWrites[Int(address - code.base) / 4] += 1
  }

  package func withBytes<Value>(
    at address: UInt32, count: UInt32, _ body: (RawSpan) -> Value
  ) -> Value {
    data.withBytes(at: address, count: count, body)
  }

  package func byte(at address: UInt32) -> UInt8 {
    precondition(!isCode(address), "a byte of word-only memory, at \(address)")
    return data.byte(at: address)
  }

  package mutating func setByte(_ value: UInt8, at address: UInt32) {
    if isCode(address) { narrowAccesses += 1 }
    data.setByte(value, at: address)
  }
}
