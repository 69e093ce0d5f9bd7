/// `sh_type`: what a section holds (gABI, "Sections").
public struct SectionType: Equatable, Sendable {
  /// The number in the file.
  public let rawValue: UInt32

  /// The value that the file has as `rawValue`.
  public init(rawValue: UInt32) { self.rawValue = rawValue }

  /// `SHT_NULL`.
  public static let null = SectionType(rawValue: 0)
  /// `SHT_PROGBITS`.
  public static let programBits = SectionType(rawValue: 1)
  /// `SHT_SYMTAB`.
  public static let symbolTable = SectionType(rawValue: 2)
  /// `SHT_STRTAB`.
  public static let stringTable = SectionType(rawValue: 3)
  /// `SHT_RELA`.
  public static let relocationsWithAddend = SectionType(rawValue: 4)
  /// `SHT_HASH`.
  public static let hash = SectionType(rawValue: 5)
  /// `SHT_DYNAMIC`.
  public static let dynamic = SectionType(rawValue: 6)
  /// `SHT_NOTE`.
  public static let note = SectionType(rawValue: 7)
  /// `SHT_NOBITS`: memory without bytes in the file (.bss).
  public static let noBits = SectionType(rawValue: 8)
  /// `SHT_REL`.
  public static let relocations = SectionType(rawValue: 9)
  /// `SHT_DYNSYM`.
  public static let dynamicSymbolTable = SectionType(rawValue: 11)
  /// `SHT_INIT_ARRAY`.
  public static let initArray = SectionType(rawValue: 14)
  /// `SHT_FINI_ARRAY`.
  public static let finiArray = SectionType(rawValue: 15)
  /// `SHT_GROUP`.
  public static let group = SectionType(rawValue: 17)
  /// `SHT_RELR`.
  public static let relativeRelocations = SectionType(rawValue: 19)
}

/// `sh_flags` (gABI, "Sections").
public struct SectionFlags: Equatable, Sendable {
  /// The number in the file.
  public let rawValue: UInt32

  /// The value that the file has as `rawValue`.
  public init(rawValue: UInt32) { self.rawValue = rawValue }

  /// `SHF_WRITE` is set.
  public var isWritable: Bool { rawValue & 1 != 0 }
  /// `SHF_ALLOC` is set: the section occupies memory when the program runs.
  public var isAllocated: Bool { rawValue & 2 != 0 }
  /// `SHF_EXECINSTR` is set.
  public var isExecutable: Bool { rawValue & 4 != 0 }
  /// `SHF_GROUP` is set: the section belongs to a COMDAT group.
  public var isInGroup: Bool { rawValue & 0x200 != 0 }
}

/// One section header (gABI, "Sections").
public struct SectionHeader: Equatable, Sendable {
  /// Size of `Elf32_Shdr`.
  public static let size: UInt32 = 40

  /// `sh_name`: offset in the section that holds the names.
  public let nameOffset: UInt32
  /// `sh_type`.
  public let type: SectionType
  /// `sh_flags`.
  public let flags: SectionFlags
  /// `sh_addr`.
  public let address: UInt32
  /// `sh_offset`.
  public let offset: UInt32
  /// `sh_size`.
  public let byteCount: UInt32
  /// `sh_link`.
  public let link: UInt32
  /// `sh_info`.
  public let info: UInt32
  /// `sh_addralign`.
  public let alignment: UInt32
  /// `sh_entsize`.
  public let entrySize: UInt32

  /// The header in `bytes`, which are `size` bytes.
  init(_ bytes: borrowing ByteView) {
    nameOffset = bytes.loadWord(0)
    type = SectionType(rawValue: bytes.loadWord(4))
    flags = SectionFlags(rawValue: bytes.loadWord(8))
    address = bytes.loadWord(12)
    offset = bytes.loadWord(16)
    byteCount = bytes.loadWord(20)
    link = bytes.loadWord(24)
    info = bytes.loadWord(28)
    alignment = bytes.loadWord(32)
    entrySize = bytes.loadWord(36)
  }
}
