/// A state of a slot that is set once per erase, each in write units of its own (docs/STORE.md).
/// Anything but the exact bytes means "not set", so erased flash may read as it likes.
enum Mark {
  case staged
  case confirmed
  case bad

  /// Bytes of a mark.
  static let size = 32

  /// From the beginning of the slot, in bytes.
  var offset: UInt32 {
    switch self {
    case .staged: 96
    case .confirmed: 224
    case .bad: 256
    }
  }

  /// `size` bytes of ASCII.
  private var text: StaticString {
    switch self {
    case .staged: "hotreload mark: staged          "
    case .confirmed: "hotreload mark: confirmed       "
    case .bad: "hotreload mark: bad             "
    }
  }

  /// What a set mark reads as.
  var bytes: InlineArray<32, UInt8> {
    let text = self.text
    // Safety: each text is a literal of `size` ASCII characters, which live for ever.
    return InlineArray { index in unsafe text.utf8Start[index] }
  }

  /// Whether the mark is set in the slot that begins with `prefix`.
  func isSet(in prefix: RawSpan) -> Bool {
    let expected = bytes
    let found = prefix.bytes(at: Int(offset), as: InlineArray<32, UInt8>.self)
    for index in expected.indices where found[index] != expected[index] { return false }
    return true
  }
}
