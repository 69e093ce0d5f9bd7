import HotReloadPort

/// A JSON text (RFC 8259) with `%` where values go. One literal is shorter on the chip than a call for each name, brace
/// and comma.
struct Template {
  fileprivate let text: StaticString
  fileprivate var position = 0

  init(_ text: StaticString) { self.text = text }
}

extension TextWindow {
  /// The template up to its next `%`, or to its end.
  @inline(never)
  mutating func advance(_ template: inout Template) {
    let text = template.text.bytes
    while template.position < text.count {
      let byte = text[template.position]
      template.position &+= 1
      if byte == ASCII.percent { return }
      append(byte)
    }
  }

  @inline(never)
  mutating func fill(_ template: inout Template, _ value: UInt64) {
    advance(&template)
    append(decimal: value)
  }

  @inline(never)
  mutating func fill(_ template: inout Template, _ value: UInt32) {
    fill(&template, UInt64(word: value))
  }

  @inline(never)
  mutating func fill(_ template: inout Template, _ value: Bool) {
    advance(&template)
    append(value ? "true" : "false")
  }

  @inline(never)
  mutating func fill(_ template: inout Template, _ text: StaticString) {
    fill(&template, text.bytes)
  }

  /// The inside of a string.
  @inline(never)
  mutating func fill(_ template: inout Template, _ text: Span<UInt8>) {
    advance(&template)
    escaped(text)
  }

  /// The inside of a string of hex digits.
  @inline(never)
  mutating func fill(_ template: inout Template, hex bytes: Span<UInt8>) {
    advance(&template)
    append(hex: bytes)
  }

  /// The inside of a string.
  @inline(never)
  mutating func escaped(_ bytes: Span<UInt8>) {
    for index in bytes.indices { escaped(bytes[index]) }
  }

  /// One character of a string, beyond ASCII as Latin-1: the output is valid whatever comes in.
  @inline(never)
  mutating func escaped(_ byte: UInt8) {
    if byte >= ASCII.space, byte < 0x7F {
      if byte == ASCII.quote || byte == ASCII.backslash { append(ASCII.backslash) }
      append(byte)
    } else {
      append("\\u00")
      append(hex: byte)
    }
  }
}
