extension RawSpan {
  /// The little-endian 32-bit number at `offset`, at any alignment.
  func word(at offset: Int) -> UInt32 {
    UInt32(littleEndian: bytes(at: offset, as: UInt32.self))
  }

  /// The bytes at `offset` as they lie there, at any alignment. For integers and arrays of them only:
  /// for these every bit pattern is a value.
  @inline(never)  // Unaligned loads are long: one copy each is enough.
  func bytes<Value: BitwiseCopyable>(at offset: Int, as type: Value.Type) -> Value {
    precondition(offset >= 0 && offset <= byteCount &- MemoryLayout<Value>.size)
    // Safety: within the span, as just checked; unaligned loads are what this function is for.
    return unsafe unsafeLoadUnaligned(fromByteOffset: offset, as: type)
  }
}
