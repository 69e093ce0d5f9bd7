/// Reads an input as what somebody does, step by step. At its end everything is 0.
struct Script {
  private var rest: ArraySlice<UInt8>

  init(_ bytes: [UInt8]) { rest = bytes[...] }

  /// Whether nothing is left.
  var isEmpty: Bool { rest.isEmpty }

  /// The next byte.
  mutating func byte() -> UInt8 { rest.popFirst() ?? 0 }

  /// The next 16-bit number, little-endian.
  mutating func half() -> UInt16 { UInt16(byte()) | UInt16(byte()) << 8 }

  /// The next 32-bit number, little-endian.
  mutating func word() -> UInt32 { UInt32(half()) | UInt32(half()) << 16 }

  /// The next `count` bytes, or what is left.
  mutating func bytes(_ count: Int) -> [UInt8] {
    defer { rest = rest.dropFirst(count) }
    return Array(rest.prefix(count))
  }
}
