/// One line of a literal. Where a value picks one of many texts, one literal with a line for each takes a third of the code
/// of a switch over literals: that is an address, a length and a jump for each.
public struct TextLine: Sendable {
  private let text: StaticString
  private let number: UInt8

  /// Line `number` of `text`, counted from 0; the last one where there are fewer.
  public init(_ text: StaticString, _ number: UInt8) {
    self.text = text
    self.number = number
  }

  /// Its bytes, without the line feed.
  public var bytes: Span<UInt8> {
    @inline(never) @_lifetime(immortal)
    get {
      let bytes = text.bytes
      var start = 0
      var linesBefore = number
      for index in bytes.indices where bytes[index] == 0x0A {
        if linesBefore == 0 { return bytes.extracting(start..<index) }
        linesBefore -= 1
        start = index &+ 1
      }
      return bytes.extracting(start...)
    }
  }
}

extension TextLine: ExpressibleByStringLiteral {
  /// A literal of one line.
  public init(stringLiteral text: StaticString) { self.init(text, 0) }
}

#if !hasFeature(Embedded)
  extension TextLine: CustomStringConvertible {
    /// The line, for the tools and the tests.
    public var description: String {
      let bytes = bytes
      return String(decoding: bytes.indices.map { bytes[$0] }, as: UTF8.self)
    }
  }
#endif
