/// Reads numbers one after the other, each tested against the end before it is read (DWARF 5, section 7.2, 7.6).
struct DWARFCursor {
  private let bytes: [UInt8]
  private let end: Int
  /// In the section.
  private(set) var offset: Int

  /// Reads `bytes` from `offset` up to `end`, at most their end.
  init(_ bytes: [UInt8], at offset: Int, end: Int = .max) throws(DWARFError) {
    self.bytes = bytes
    self.end = min(end, bytes.count)
    self.offset = offset
    guard offset >= 0, offset <= self.end else { throw .outOfBounds(offset) }
  }

  /// Whether everything was read.
  var isAtEnd: Bool { offset == end }

  /// Moves on by `count` bytes.
  mutating func skip(_ count: UInt64) throws(DWARFError) {
    guard count <= UInt64(end - offset) else { throw .outOfBounds(offset) }
    offset += Int(count)
  }

  /// A little-endian number of `size` bytes, at most 8.
  mutating func number(size: Int) throws(DWARFError) -> UInt64 {
    let start = offset
    try skip(UInt64(size))
    var value: UInt64 = 0
    for index in (start..<offset).reversed() { value = value << 8 | UInt64(bytes[index]) }
    return value
  }

  mutating func byte() throws(DWARFError) -> UInt8 { UInt8(try number(size: 1)) }
  mutating func half() throws(DWARFError) -> UInt16 { UInt16(try number(size: 2)) }
  mutating func word() throws(DWARFError) -> UInt32 { UInt32(try number(size: 4)) }

  /// An unsigned LEB128 number (section 7.6).
  mutating func unsigned() throws(DWARFError) -> UInt64 { try leb128().value }

  /// A signed LEB128 number (section 7.6).
  mutating func signed() throws(DWARFError) -> Int64 {
    let (value, bits) = try leb128()
    let isNegative = bits < 64 && value & (1 << UInt64(bits - 1)) != 0
    return Int64(bitPattern: isNegative ? value | ~0 << UInt64(bits) : value)
  }

  /// The number, and how many bits it was written with.
  private mutating func leb128() throws(DWARFError) -> (value: UInt64, bits: Int) {
    let start = offset
    var value: UInt64 = 0
    var bits = 0
    while true {
      let byte = try byte()
      guard bits < 64 else { throw .numberTooLarge(start) }
      value |= UInt64(byte & 0x7F) << UInt64(bits)
      bits += 7
      if byte & 0x80 == 0 { return (value, bits) }
    }
  }

  /// The bytes up to the next NUL, as text; what is no UTF-8 is repaired.
  mutating func string() throws(DWARFError) -> String {
    let start = offset
    try skipString()
    return String(decoding: bytes[start..<offset - 1], as: UTF8.self)
  }

  /// Moves behind the next NUL.
  mutating func skipString() throws(DWARFError) {
    guard let index = bytes[offset..<end].firstIndex(of: 0) else { throw .outOfBounds(offset) }
    offset = index + 1
  }
}
