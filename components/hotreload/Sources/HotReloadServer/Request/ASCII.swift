import HotReloadPort

/// The bytes that HTTP's grammar names (RFC 9110, RFC 5234), and comparisons over them.
enum ASCII {
  static var tab: UInt8 { 0x09 }
  static var lineFeed: UInt8 { 0x0A }
  static var carriageReturn: UInt8 { 0x0D }
  static var space: UInt8 { 0x20 }
  static var quote: UInt8 { 0x22 }
  static var percent: UInt8 { 0x25 }
  static var ampersand: UInt8 { 0x26 }
  static var comma: UInt8 { 0x2C }
  static var slash: UInt8 { 0x2F }
  static var zero: UInt8 { 0x30 }
  static var colon: UInt8 { 0x3A }
  static var equals: UInt8 { 0x3D }
  static var question: UInt8 { 0x3F }
  static var backslash: UInt8 { 0x5C }
  /// `s` and `x` after a `%` in a format.
  static var formatText: UInt8 { 0x73 }
  static var formatHex: UInt8 { 0x78 }
  static var openBrace: UInt8 { 0x7B }
  static var closeBrace: UInt8 { 0x7D }

  /// VCHAR of RFC 5234: what may stand in a method, a target or a field name.
  static func isVisible(_ byte: UInt8) -> Bool { byte > space && byte < 0x7F }

  /// The byte with an upper-case letter made lower-case.
  static func lowercased(_ byte: UInt8) -> UInt8 {
    byte &- 0x41 < 26 ? byte | 0x20 : byte
  }

  /// The value of a decimal digit.
  static func decimalDigit(_ byte: UInt8) -> UInt32? {
    let value = byte &- zero
    return value < 10 ? UInt32(value) : nil
  }

  /// Whether both are the same, letter case apart.
  static func matches(_ bytes: Span<UInt8>, _ text: StaticString) -> Bool {
    let expected = text.bytes
    guard bytes.count == expected.count else { return false }
    for index in bytes.indices
    where lowercased(bytes[index]) != lowercased(expected[index]) { return false }
    return true
  }

  /// Whether both are the same bytes.
  static func equals(_ bytes: Span<UInt8>, _ text: StaticString) -> Bool {
    let expected = text.bytes
    guard bytes.count == expected.count else { return false }
    for index in bytes.indices where bytes[index] != expected[index] { return false }
    return true
  }

  /// The index of the first `byte` at or after `start`; the count if there is none.
  static func index(of byte: UInt8, in bytes: Span<UInt8>, from start: Int = 0) -> Int {
    var index = start
    while index < bytes.count, bytes[index] != byte { index += 1 }
    return index
  }

  /// Without the optional white space around it (OWS of RFC 9110, section 5.6.3).
  @_lifetime(copy bytes)
  static func trimmed(_ bytes: Span<UInt8>) -> Span<UInt8> {
    var first = 0
    var end = bytes.count
    while first < end, isBlank(bytes[first]) { first += 1 }
    while first < end, isBlank(bytes[end - 1]) { end -= 1 }
    return bytes.extracting(first..<end)
  }

  /// Whether a comma-separated list has `token`, letter case apart.
  static func list(_ bytes: Span<UInt8>, contains token: StaticString) -> Bool {
    var start = 0
    while start < bytes.count {
      let end = index(of: comma, in: bytes, from: start)
      if matches(trimmed(bytes.extracting(start..<end)), token) { return true }
      start = end + 1
    }
    return false
  }

  private static func isBlank(_ byte: UInt8) -> Bool { byte == space || byte == tab }
}
