import HotReloadELF

/// The note that makes a shared object a packed image (docs/MODULE-FORMAT.md).
public enum HotReloadNote {
  private static let type: UInt32 = 1
  /// "hotreload" with its NUL.
  private static let owner: InlineArray<10, UInt8> = [
    0x68, 0x6F, 0x74, 0x72, 0x65, 0x6C, 0x6F, 0x61, 0x64, 0,
  ]

  /// The descriptor of the first hotreload note in `file`; nil if there is none.
  @_lifetime(copy file)
  public static func descriptor(in file: ELFFile) throws(ELFError) -> ByteView? {
    var segments = file.programHeaders
    while let segment = segments.next() {
      guard segment.type == .note else { continue }
      var notes = Notes(try file.contents(of: segment))
      while let note = try notes.nextNote() {
        if note.type == type, note.owner.isEqual(to: owner.span) { return note.descriptor }
      }
    }
    return nil
  }
}
