import HotReloadPort

/// What the beginning of a slot says about it. Nothing is known about the image yet.
struct SlotState {
  /// Bytes from the beginning of the slot that are needed to know it: all up to the last mark.
  static let size = Mark(index: Mark.count).offset

  /// Nil if the slot has no whole header record.
  var header: SlotHeader?
  /// The bits of the marks that are set.
  var marks: UInt32

  /// Reads the first `size` bytes of a slot.
  init<Hasher: SHA256Hasher>(_ prefix: RawSpan, hasher: Hasher.Type) {
    header = SlotHeader(decoding: prefix, hasher: hasher)
    marks = Mark.set(in: prefix)
  }

  /// Whether `mark` is set.
  func has(_ mark: Mark) -> Bool { marks & mark.bit != 0 }

  /// Whether this slot was written after `other`. Sequences wrap: the difference, read as a signed
  /// number, decides (RFC 1982, section 3.2). A slot without header is never newer.
  func isNewer(than other: SlotState) -> Bool {
    guard let header else { return false }
    guard let otherHeader = other.header else { return true }
    return Int64(bitPattern: header.sequence &- otherHeader.sequence) > 0
  }
}
