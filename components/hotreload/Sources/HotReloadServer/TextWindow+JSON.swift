/// JSON (RFC 8259) without white space. Commas come by themselves, wherever the byte before says that a value ended.
extension TextWindow {
  @inline(never)
  mutating func beginObject() {
    separate()
    append(ASCII.openBrace)
  }

  @inline(never)
  mutating func endObject() { append(ASCII.closeBrace) }

  @inline(never)
  mutating func beginArray() {
    separate()
    append(ASCII.openBracket)
  }

  @inline(never)
  mutating func endArray() { append(ASCII.closeBracket) }

  @inline(never)
  mutating func key(_ name: StaticString) {
    string(name.bytes)
    append(ASCII.colon)
  }

  @inline(never)
  mutating func member(_ name: StaticString, _ value: UInt64) {
    key(name)
    append(decimal: value)
  }

  @inline(never)
  mutating func member(_ name: StaticString, _ value: UInt32) {
    key(name)
    append(decimal: value)
  }

  @inline(never)
  mutating func member(_ name: StaticString, _ value: Bool) {
    key(name)
    append(value ? "true" : "false")
  }

  @inline(never)
  mutating func member(_ name: StaticString, _ text: StaticString) {
    member(name, text.bytes)
  }

  @inline(never)
  mutating func member(_ name: StaticString, _ text: Span<UInt8>) {
    key(name)
    string(text)
  }

  /// A string of hex digits.
  @inline(never)
  mutating func member(_ name: StaticString, hex bytes: Span<UInt8>) {
    key(name)
    append(ASCII.quote)
    append(hex: bytes)
    append(ASCII.quote)
  }

  @inline(never)
  mutating func null() { append("null") }

  @inline(never)
  mutating func string(_ bytes: Span<UInt8>) {
    separate()
    append(ASCII.quote)
    escaped(bytes)
    append(ASCII.quote)
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

  /// No comma after `{ [ :` and at the beginning of a body.
  @inline(never)
  private mutating func separate() {
    switch last {
    case 0, ASCII.lineFeed, ASCII.colon, ASCII.openBrace, ASCII.openBracket: break
    default: append(ASCII.comma)
    }
  }
}
