/// JSON (RFC 8259) without white space. Commas come by themselves, wherever the byte before says that a value ended.
extension TextWindow {
  mutating func beginObject() { literal("{") }
  mutating func endObject() { append("}") }
  mutating func beginArray() { literal("[") }
  mutating func endArray() { append("]") }

  mutating func key(_ name: StaticString) {
    string(name.bytes)
    append(ASCII.colon)
  }

  mutating func number(_ value: UInt64) {
    separate()
    append(decimal: value)
  }

  mutating func number(_ value: UInt32) { number(UInt64(word: value)) }

  mutating func bool(_ value: Bool) { literal(value ? "true" : "false") }

  mutating func null() { literal("null") }

  mutating func string(_ text: StaticString) { string(text.bytes) }

  mutating func string(_ bytes: Span<UInt8>) {
    separate()
    append(ASCII.quote)
    escaped(bytes)
    append(ASCII.quote)
  }

  /// A string of hex digits.
  mutating func hexString(_ bytes: Span<UInt8>) {
    separate()
    append(ASCII.quote)
    append(hex: bytes)
    append(ASCII.quote)
  }

  /// The inside of a string, bytes beyond ASCII as Latin-1: the output is valid whatever comes in.
  mutating func escaped(_ bytes: Span<UInt8>) {
    for index in bytes.indices {
      let byte = bytes[index]
      if ASCII.isVisible(byte) || byte == ASCII.space {
        if byte == ASCII.quote || byte == ASCII.backslash { append(ASCII.backslash) }
        append(byte)
      } else {
        append("\\u00")
        append(hex: byte)
      }
    }
  }

  /// A literal or an opening bracket.
  private mutating func literal(_ text: StaticString) {
    separate()
    append(text)
  }

  /// No comma after `{ [ :` and at the beginning of a body.
  mutating func separate() {
    switch last {
    case 0, ASCII.lineFeed, ASCII.colon, ASCII.openBrace, ASCII.openBracket: break
    default: append(ASCII.comma)
    }
  }
}
