import HotReloadPort

/// Numbers and IDs as people compare them.
enum HexText {
  private static let digits = Array("0123456789abcdef".utf8)

  /// 64 digits.
  static func encode(_ id: BuildID) -> String { encode(id.bytes.indices.map { id.bytes[$0] }) }

  static func encode(_ bytes: some Sequence<UInt8>) -> String {
    String(decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
  }

  /// `0x` and eight digits.
  static func address(_ value: UInt32) -> String {
    "0x" + encode([24, 16, 8, 0].map { UInt8(truncatingIfNeeded: value >> $0) })
  }

  /// The beginning of an ID, enough to tell two apart.
  static func short(_ id: String) -> String { String(id.prefix(12)) }
}
