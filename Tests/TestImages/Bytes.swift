extension [UInt8] {
  /// The bytes without their type.
  package var raw: RawSpan {
    // Safety: every byte of the array is initialised.
    @_lifetime(borrow self) get { unsafe span.bytes }
  }
}

/// Numbers as a file has them.
extension [UInt8] {
  package mutating func append(word: UInt32) {
    for shift in stride(from: 0, to: 32, by: 8) {
      append(UInt8(truncatingIfNeeded: word >> UInt32(shift)))
    }
  }

  package mutating func set(half: UInt16, at offset: Int) {
    self[offset] = UInt8(truncatingIfNeeded: half)
    self[offset + 1] = UInt8(truncatingIfNeeded: half >> 8)
  }

  package mutating func set(word: UInt32, at offset: Int) {
    set(half: UInt16(truncatingIfNeeded: word), at: offset)
    set(half: UInt16(truncatingIfNeeded: word >> 16), at: offset + 2)
  }

  package func word(at offset: Int) -> UInt32 {
    UInt32(self[offset]) | UInt32(self[offset + 1]) << 8 | UInt32(self[offset + 2]) << 16
      | UInt32(self[offset + 3]) << 24
  }

  package func half(at offset: Int) -> UInt16 { UInt16(truncatingIfNeeded: word(at: offset)) }
}

extension [UInt8] {
  package init(words: [UInt32]) {
    self = []
    for word in words { append(word: word) }
  }
}
