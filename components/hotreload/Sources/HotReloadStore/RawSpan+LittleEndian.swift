// Little-endian numbers at any offset. Callers have checked that they lie within the bytes.
extension RawSpan {
  func number<Number: FixedWidthInteger & BitwiseCopyable>(
    at offset: Int, as type: Number.Type
  ) -> Number {
    precondition(offset >= 0 && offset <= byteCount - MemoryLayout<Number>.size)
    // Safety: within the span, unaligned loads allowed, and every bit pattern is an integer.
    return Number(littleEndian: unsafe unsafeLoadUnaligned(fromByteOffset: offset, as: type))
  }
}
