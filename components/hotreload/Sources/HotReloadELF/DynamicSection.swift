/// `d_tag` (gABI, "Dynamic Section").
enum DynamicTag {
  /// `DT_NULL`: the end.
  static let end: UInt32 = 0
  /// `DT_PLTRELSZ`: bytes of `DT_JMPREL`.
  static let jumpSlotsSize: UInt32 = 2
  /// `DT_HASH`.
  static let hash: UInt32 = 4
  /// `DT_STRTAB`.
  static let stringTable: UInt32 = 5
  /// `DT_SYMTAB`.
  static let symbolTable: UInt32 = 6
  /// `DT_RELA`.
  static let relocations: UInt32 = 7
  /// `DT_RELASZ`.
  static let relocationsSize: UInt32 = 8
  /// `DT_RELAENT`.
  static let relocationsEntrySize: UInt32 = 9
  /// `DT_STRSZ`.
  static let stringTableSize: UInt32 = 10
  /// `DT_SYMENT`.
  static let symbolEntrySize: UInt32 = 11
  /// `DT_REL`: relocations without addends.
  static let implicitRelocations: UInt32 = 17
  /// `DT_PLTREL`: the form of `DT_JMPREL`, as the tag of that form.
  static let jumpSlotsForm: UInt32 = 20
  /// `DT_JMPREL`.
  static let jumpSlots: UInt32 = 23
  /// `DT_RELRSZ`.
  static let relativeRelocationsSize: UInt32 = 35
  /// `DT_RELR`.
  static let relativeRelocations: UInt32 = 36
  /// `DT_RELRENT`.
  static let relativeRelocationsEntrySize: UInt32 = 37
  /// `DT_GNU_HASH` (GNU extension, in the gABI's OS-specific range).
  static let gnuHash: UInt32 = 0x6FFF_FEF5
}

/// What the dynamic section of a shared object says about its tables (gABI, "Dynamic Section"). Nothing is
/// looked up yet: addresses and sizes are as the file has them, 0 where it has none.
public struct DynamicSection: Equatable, Sendable {
  /// Where a table is.
  public struct Table: Equatable, Sendable {
    /// Virtual address.
    public fileprivate(set) var address: UInt32 = 0
    /// Bytes.
    public fileprivate(set) var byteCount: UInt32 = 0
  }

  /// `DT_STRTAB`, `DT_STRSZ`.
  public private(set) var strings = Table()
  /// `DT_RELA`, `DT_RELASZ`.
  public private(set) var relocations = Table()
  /// `DT_JMPREL`, `DT_PLTRELSZ`.
  public private(set) var jumpSlots = Table()
  /// `DT_RELR`, `DT_RELRSZ`.
  public private(set) var relativeRelocations = Table()
  /// `DT_SYMTAB`; its size is in no entry.
  public private(set) var symbols: UInt32 = 0
  /// `DT_HASH`.
  public private(set) var hash: UInt32 = 0
  /// `DT_GNU_HASH`.
  public private(set) var gnuHash: UInt32 = 0

  /// Reads the bytes of a `PT_DYNAMIC` segment up to `DT_NULL`.
  ///
  /// Throws `badDynamicEntry` if `DT_SYMTAB` or `DT_STRTAB` is missing, if relocations have no addends,
  /// or if the entries of a table have another size than the gABI's.
  public init(_ entries: borrowing ByteView) throws(ELFError) {
    var offset: UInt32 = 0
    while offset < entries.count {
      let tag = try entries.word(at: offset)
      let value = try entries.word(at: offset &+ 4)
      offset &+= 8
      var expected = value
      switch tag {
      case DynamicTag.end: offset = entries.count
      case DynamicTag.stringTable: strings.address = value
      case DynamicTag.stringTableSize: strings.byteCount = value
      case DynamicTag.relocations: relocations.address = value
      case DynamicTag.relocationsSize: relocations.byteCount = value
      case DynamicTag.jumpSlots: jumpSlots.address = value
      case DynamicTag.jumpSlotsSize: jumpSlots.byteCount = value
      case DynamicTag.relativeRelocations: relativeRelocations.address = value
      case DynamicTag.relativeRelocationsSize: relativeRelocations.byteCount = value
      case DynamicTag.symbolTable: symbols = value
      case DynamicTag.hash: hash = value
      case DynamicTag.gnuHash: gnuHash = value
      case DynamicTag.symbolEntrySize: expected = Symbol.size
      case DynamicTag.relocationsEntrySize: expected = RelocationTable.Form.explicitAddend.entrySize
      case DynamicTag.relativeRelocationsEntrySize: expected = 4
      case DynamicTag.jumpSlotsForm: expected = DynamicTag.relocations
      case DynamicTag.implicitRelocations: expected = ~value
      default: break
      }
      guard value == expected else { throw .badDynamicEntry(tag) }
    }
    guard symbols != 0 else { throw .badDynamicEntry(DynamicTag.symbolTable) }
    guard strings.address != 0 else { throw .badDynamicEntry(DynamicTag.stringTable) }
  }
}
