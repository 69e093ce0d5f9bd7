/// `d_tag` (gABI, "Dynamic Section").
public struct DynamicTag: Equatable, Sendable {
  /// The number in the file.
  public let rawValue: UInt32

  /// The value that the file has as `rawValue`.
  public init(rawValue: UInt32) { self.rawValue = rawValue }

  /// `DT_NULL`: the end.
  public static let end = DynamicTag(rawValue: 0)
  /// `DT_NEEDED`.
  public static let needed = DynamicTag(rawValue: 1)
  /// `DT_PLTRELSZ`: bytes of `DT_JMPREL`.
  public static let jumpSlotsSize = DynamicTag(rawValue: 2)
  /// `DT_HASH`.
  public static let hash = DynamicTag(rawValue: 4)
  /// `DT_STRTAB`.
  public static let stringTable = DynamicTag(rawValue: 5)
  /// `DT_SYMTAB`.
  public static let symbolTable = DynamicTag(rawValue: 6)
  /// `DT_RELA`.
  public static let relocations = DynamicTag(rawValue: 7)
  /// `DT_RELASZ`.
  public static let relocationsSize = DynamicTag(rawValue: 8)
  /// `DT_RELAENT`.
  public static let relocationsEntrySize = DynamicTag(rawValue: 9)
  /// `DT_STRSZ`.
  public static let stringTableSize = DynamicTag(rawValue: 10)
  /// `DT_SYMENT`.
  public static let symbolEntrySize = DynamicTag(rawValue: 11)
  /// `DT_REL`: relocations without addends.
  public static let implicitRelocations = DynamicTag(rawValue: 17)
  /// `DT_PLTREL`: the form of `DT_JMPREL`, as the tag of that form.
  public static let jumpSlotsForm = DynamicTag(rawValue: 20)
  /// `DT_JMPREL`.
  public static let jumpSlots = DynamicTag(rawValue: 23)
  /// `DT_RELRSZ`.
  public static let relativeRelocationsSize = DynamicTag(rawValue: 35)
  /// `DT_RELR`.
  public static let relativeRelocations = DynamicTag(rawValue: 36)
  /// `DT_RELRENT`.
  public static let relativeRelocationsEntrySize = DynamicTag(rawValue: 37)
  /// `DT_GNU_HASH` (GNU extension, in the gABI's OS-specific range).
  public static let gnuHash = DynamicTag(rawValue: 0x6FFF_FEF5)
}

/// The entries of a `PT_DYNAMIC` segment.
public struct DynamicSection: ~Escapable {
  private let entries: ByteView

  /// The section in `entries`.
  @_lifetime(copy entries)
  public init(_ entries: ByteView) {
    self.entries = entries
  }

  /// The value of the first entry with this tag (`d_val`, `d_ptr`), nil if there is none before
  /// `DT_NULL` or the end.
  public func value(of tag: DynamicTag) throws(ELFError) -> UInt32? {
    var offset: UInt32 = 0
    while entries.count &- offset >= 8 {
      let found = DynamicTag(rawValue: try entries.word(at: offset))
      if found == tag { return try entries.word(at: offset &+ 4) }
      if found == .end { return nil }
      offset &+= 8
    }
    return nil
  }
}
