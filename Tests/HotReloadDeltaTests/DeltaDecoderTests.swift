import HotReloadDelta
import HotReloadPort
import Testing

/// What an encoded body means, byte by byte (docs/PROTOCOL.md), and what is none.
@Suite struct DeltaDecoderTests {
  /// A header for `length` bytes; the digest is whoever's who drives the decoder.
  private static func header(
    _ length: UInt32, version: UInt8 = 1, window: UInt8 = 8, base: Bool = false
  ) -> [UInt8] {
    [version, window | (base ? 0x80 : 0)]
      + (0..<4).map { UInt8(truncatingIfNeeded: length >> (8 * $0)) }
      + [UInt8](repeating: 0xD1, count: 32) + (base ? [UInt8](repeating: 0xBA, count: 8) : [])
  }

  struct Row: CustomTestStringConvertible, Sendable {
    let testDescription: String
    let length: UInt32
    let body: [UInt8]
    var base: [UInt8] = []
    let expected: Decoded

    init(
      _ description: String, _ length: UInt32, _ body: [UInt8], base: [UInt8] = [],
      _ expected: Decoded
    ) {
      testDescription = description
      self.length = length
      self.body = body
      self.base = base
      self.expected = expected
    }
  }

  private static let letters = Array("abcdefghijklmnopqrstuvwxyz".utf8)

  static let good: [Row] = [
    Row("literals end the image", 2, [0b00_010_000, 1, 2], .image([1, 2])),
    Row("seven literals", 7, [0b00_111_000, 0] + Array(1...7), .image(Array(1...7))),
    Row("more than seven", 9, [0b00_111_000, 2] + Array(1...9), .image(Array(1...9))),
    Row(
      "the base, at the same place", 4, [0b00_000_010], base: [1, 2, 3, 4], .image([1, 2, 3, 4])),
    Row(
      "literals take the place of the base's bytes", 5, [0b00_001_010, 9], base: [1, 2, 3, 4, 5],
      .image([9, 2, 3, 4, 5])),
    Row(
      "nine bytes and more", 11, [0b00_000_111, 2], base: letters, .image(Array(letters[..<11]))),
    Row(
      "further on in the base", 3, [0b01_000_000, 2 * 23], base: letters, .image(Array("xyz".utf8))),
    Row(
      "back in the base, and on from there", 7, [0b01_000_000, 2 * 10, 0b01_000_001, 2 * 10 - 1],
      base: letters, .image(Array("klmdefg".utf8))),
    Row("a run of one byte", 6, [0b11_001_011, 7], .image([7, 7, 7, 7, 7, 7])),
    Row("two bytes, again and again", 7, [0b10_010_010, 2, 1, 2], .image([1, 2, 1, 2, 1, 2, 1])),
    Row(
      "as far back as the last time", 9, [0b10_011_000, 3, 1, 2, 3, 0b11_001_000, 4],
      .image([1, 2, 3, 1, 2, 3, 4, 2, 3])),
  ]

  @Test(arguments: good) func decodes(row: Row) {
    let body = Self.header(row.length, base: !row.base.isEmpty) + row.body
    #expect(decode(body, base: row.base) == row.expected)
    for piece in 1...3 {
      #expect(decode(body, base: row.base, piece: piece) == row.expected, "in pieces of \(piece)")
    }
  }

  @Test(arguments: good) func needsEveryByte(row: Row) {
    let body = Self.header(row.length, base: !row.base.isEmpty) + row.body
    for count in body.indices {
      guard case .incomplete = decode(Array(body[..<count]), base: row.base) else {
        Issue.record("\(count) of \(body.count) bytes are enough")
        continue
      }
    }
    #expect(decode(body + [0], base: row.base) == .refused(at: Int(row.length)), "one too many")
  }

  static let bad: [Row] = [
    Row("more literals than are missing", 2, [0b00_011_000, 1, 2, 3], .refused(at: 0)),
    Row("a copy of more than is missing", 4, [0b11_001_010, 7], .refused(at: 0)),
    Row(
      "a copy that is long without end", 4, [0b11_001_111, 0xFF, 0xFF, 0xFF, 0x7F],
      .refused(at: 0)),
    Row("a number of five bytes", 4, [0b00_111_000, 0x80, 0x80, 0x80, 0x80, 0], .refused(at: 0)),
    Row("the base, where there is none", 2, [0b00_000_000], .refused(at: 0)),
    Row("more of the base than there is", 4, [0b00_000_010], base: [1, 2, 3], .refused(at: 0)),
    Row("behind the base", 3, [0b01_000_000, 2], base: [1, 2, 3], .refused(at: 0)),
    Row("before the base", 3, [0b01_000_000, 1], base: [1, 2, 3], .refused(at: 0)),
    Row(
      "far before the base", 3, [0b01_000_000, 0xFF, 0xFF, 0xFF, 0x7F], base: [1, 2, 3],
      .refused(at: 0)),
    Row("before the image", 3, [0b11_000_001], .refused(at: 0)),
    Row("further back than the image", 5, [0b10_010_000, 3, 1, 2], .refused(at: 0)),
    Row("no byte back", 5, [0b10_010_000, 0, 1, 2], .refused(at: 0)),
    Row(
      "as far back as the window is large", 1000,
      [0b11_001_111, 0xF6, 4, 7, 0b10_000_000, 0x80, 2], .refused(at: 640)),
  ]

  @Test(arguments: bad) func refuses(row: Row) {
    let body = Self.header(row.length, base: !row.base.isEmpty) + row.body
    #expect(decode(body, base: row.base) == row.expected)
    #expect(decode(body, base: row.base, piece: 1) == row.expected, "byte by byte")
  }

  @Test func copiesReachToTheEndOfTheWindow() {
    let body: [UInt8] = [0b11_001_111, 0xF6, 4, 7, 0b10_000_000, 0xFF, 1]
    #expect(decode(Self.header(643) + body) == .image([UInt8](repeating: 7, count: 643)))
  }

  @Test func headersOfOtherFormatsAreRefused() {
    let body: [UInt8] = [0b00_001_000, 1]
    #expect(decode(Self.header(1) + body) == .image([1]))
    for header in [
      Self.header(1, version: 0), Self.header(1, version: 2), Self.header(1, window: 7),
      Self.header(1, window: 14), Self.header(1, window: 0x48), Self.header(0),
    ] {
      #expect(decode(header + body) == .refused(at: 0), "\(header.prefix(6))")
    }
  }

  @Test func theHeaderNamesImageAndBase() {
    var decoder = DeltaDecoder()
    let header = Self.header(0x0102_0304, window: 13, base: true)
    let step = decoder.advance(header.span)
    #expect(step.consumed == 46 && step.action == .begin)
    let length = decoder.length
    let window = decoder.windowSize
    #expect(length == 0x0102_0304)
    #expect(window == 8192)
    var digest = decoder.digest
    let bytes = digest.bytes.indices.map { digest.bytes[$0] }
    #expect(bytes == [UInt8](repeating: 0xD1, count: 32))
    for index in 0..<8 { digest.bytes[index] = 0xBA }
    let isBase = decoder.isBase(digest)
    #expect(isBase)
    digest.bytes[7] = 0xBB
    let isOther = decoder.isBase(digest)
    #expect(!isOther)
  }
}
