/// A state of a slot, set at most once per erase (docs/STORE.md). The place in the slot says which one
/// it is; what is written there is the same for all.
struct Mark {
  /// The image is whole.
  static let staged = Mark(index: 0)
  /// The first and the last of the attempts to run the image on trial.
  static let attempts: ClosedRange<UInt32> = 1...3
  /// The image is known to be good.
  static let confirmed = Mark(index: 4)
  /// The image is not to be used.
  static let bad = Mark(index: 5)

  /// How many marks there are, one behind the other after the header record.
  static let count: UInt32 = 6
  /// Bytes of a write unit; a mark has two.
  static let unitSize: UInt32 = 16

  /// 0 to `count` - 1.
  var index: UInt32

  /// From the beginning of the slot, in bytes.
  var offset: UInt32 { SlotHeader.size + index * 2 * Self.unitSize }

  /// The bit of the mark in a set of them.
  var bit: UInt32 { 1 &<< index }

  /// What is written: 16 bytes of ASCII, twice.
  static var bytes: RawSpan {
    @_lifetime(immortal)
    get {
      let text: StaticString = "hotreload markedhotreload marked"
      // Safety: a literal of this many ASCII characters, which live for ever.
      let buffer = unsafe UnsafeRawBufferPointer(
        start: text.utf8Start, count: text.utf8CodeUnitCount)
      return unsafe _overrideLifetime(buffer.bytes, borrowing: ())
    }
  }

  /// The bits of the marks that are set in the slot that begins with `prefix`. One write unit of the
  /// two is enough; erased flash may read as it likes.
  @inline(never)
  static func set(in prefix: RawSpan) -> UInt32 {
    var set: UInt32 = 0
    for index in 0..<count * 2 {
      let offset = Int(truncatingIfNeeded: SlotHeader.size + index * unitSize)
      var word = 0
      while word < 16, prefix.word(at: offset + word) == bytes.word(at: word) { word += 4 }
      if word == 16 { set |= Mark(index: index / 2).bit }
    }
    return set
  }
}
