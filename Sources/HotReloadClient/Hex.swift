/// Hexadecimal digits and the bytes that they stand for.
enum Hex {
  private static let digits = Array("0123456789abcdef".utf8)

  /// Two lower-case digits for each byte.
  static func encode(_ bytes: some Sequence<UInt8>) -> String {
    String(
      decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
  }

  /// The bytes of digits in either case; nil for an odd number of digits or anything else.
  static func decode(_ text: String) -> [UInt8]? {
    let nibbles = text.utf8.map { Character(UnicodeScalar($0)).hexDigitValue.map(UInt8.init) }
    guard nibbles.count.isMultiple(of: 2) else { return nil }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(nibbles.count / 2)
    for index in stride(from: 0, to: nibbles.count, by: 2) {
      guard let high = nibbles[index], let low = nibbles[index + 1] else { return nil }
      bytes.append(high << 4 | low)
    }
    return bytes
  }
}
