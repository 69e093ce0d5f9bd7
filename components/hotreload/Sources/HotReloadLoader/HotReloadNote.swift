import HotReloadELF

/// The note that makes a shared object a packed image (docs/MODULE-FORMAT.md).
enum HotReloadNote {
  private static let type: UInt32 = 1

  /// The descriptor of the first hotreload note in `file`; nil if there is none.
  @_lifetime(copy file)
  static func descriptor(in file: ELFFile) throws(ELFError) -> ByteView? {
    var segments = file.programHeaders
    while let segment = segments.next() {
      guard segment.type == .note else { continue }
      var notes = Notes(try file.contents(of: segment))
      while let note = try notes.nextNote() {
        if note.type == type, try isOwner(note.owner) { return note.descriptor }
      }
    }
    return nil
  }

  /// Whether `name` is "hotreload" with its NUL.
  private static func isOwner(_ name: borrowing ByteView) throws(ELFError) -> Bool {
    guard name.count == 10 else { return false }
    // "hotr", "eloa", "d\0", little-endian.
    let start = try name.word(at: 0)
    let middle = try name.word(at: 4)
    let end = try name.half(at: 8)
    return start == 0x7274_6F68 && middle == 0x616F_6C65 && end == 0x0064
  }
}
