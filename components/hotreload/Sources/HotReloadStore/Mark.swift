/// A state of a slot that is set once per erase, each in write units of its own (docs/STORE.md).
/// Anything but the exact bytes means "not set", so erased flash may read as it likes.
enum Mark {
  case staged
  case confirmed
  case bad

  /// From the beginning of the slot, in bytes.
  var offset: UInt32 {
    switch self {
    case .staged: 96
    case .confirmed: 224
    case .bad: 256
    }
  }

  /// 32 bytes of ASCII.
  private var text: StaticString {
    switch self {
    case .staged: "hotreload mark: staged          "
    case .confirmed: "hotreload mark: confirmed       "
    case .bad: "hotreload mark: bad             "
    }
  }

  /// What a set mark reads as.
  var bytes: RawSpan {
    @_lifetime(immortal)
    get {
      let text = self.text
      // Safety: a literal of this many ASCII characters, which live for ever.
      let buffer = unsafe UnsafeRawBufferPointer(
        start: text.utf8Start, count: text.utf8CodeUnitCount)
      return unsafe _overrideLifetime(buffer.bytes, borrowing: ())
    }
  }

  /// Whether the mark is set in the slot that begins with `prefix`.
  func isSet(in prefix: RawSpan) -> Bool {
    let expected = bytes
    for index in 0..<expected.byteCount
    where prefix.bytes(at: Int(offset) + index, as: UInt8.self)
      != expected.bytes(at: index, as: UInt8.self)
    {
      return false
    }
    return true
  }
}
