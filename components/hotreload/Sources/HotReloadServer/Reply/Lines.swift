/// Texts in one literal, a line each. Where a value picks one of many, this is a third of the code of a switch over literals:
/// that is an address, a length and a jump for each.
struct Lines {
  private let text: StaticString

  init(_ text: StaticString) { self.text = text }

  /// Line `index`; empty if there is none.
  subscript(index: UInt8) -> Span<UInt8> {
    @inline(never) @_lifetime(immortal)
    get {
      let bytes = text.bytes
      var start = 0
      for _ in 0..<index { start = ASCII.index(of: ASCII.lineFeed, in: bytes, from: start) &+ 1 }
      guard start < bytes.count else { return bytes.extracting(first: 0) }
      return bytes.extracting(start..<ASCII.index(of: ASCII.lineFeed, in: bytes, from: start))
    }
  }
}
