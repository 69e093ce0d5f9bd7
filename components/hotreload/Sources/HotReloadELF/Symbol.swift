/// `st_shndx`: where a symbol is defined (gABI, "Special Section Indexes").
public struct SectionIndex: Equatable, Sendable {
  /// The number in the file.
  public let rawValue: UInt16

  /// The value that the file has as `rawValue`.
  public init(rawValue: UInt16) { self.rawValue = rawValue }

  /// `SHN_UNDEF`: not in this file.
  public static let undefined = SectionIndex(rawValue: 0)
  /// `SHN_ABS`: the value is not an address of this file.
  public static let absolute = SectionIndex(rawValue: 0xFFF1)
  /// `SHN_COMMON`: an unallocated C variable.
  public static let common = SectionIndex(rawValue: 0xFFF2)
  /// `SHN_XINDEX`: the index is elsewhere; refused by every reader here.
  public static let extended = SectionIndex(rawValue: 0xFFFF)
}

/// The upper half of `st_info` (gABI, "Symbol Table").
public struct SymbolBinding: Equatable, Sendable {
  /// The number in the file.
  public let rawValue: UInt8

  /// The value that the file has as `rawValue`.
  public init(rawValue: UInt8) { self.rawValue = rawValue }

  /// `STB_LOCAL`.
  public static let local = SymbolBinding(rawValue: 0)
  /// `STB_GLOBAL`.
  public static let global = SymbolBinding(rawValue: 1)
  /// `STB_WEAK`.
  public static let weak = SymbolBinding(rawValue: 2)
}

/// The lower half of `st_info` (gABI, "Symbol Table").
public struct SymbolType: Equatable, Sendable {
  /// The number in the file.
  public let rawValue: UInt8

  /// The value that the file has as `rawValue`.
  public init(rawValue: UInt8) { self.rawValue = rawValue }

  /// `STT_NOTYPE`.
  public static let none = SymbolType(rawValue: 0)
  /// `STT_OBJECT`.
  public static let object = SymbolType(rawValue: 1)
  /// `STT_FUNC`.
  public static let function = SymbolType(rawValue: 2)
  /// `STT_SECTION`.
  public static let section = SymbolType(rawValue: 3)
  /// `STT_FILE`.
  public static let file = SymbolType(rawValue: 4)
  /// `STT_TLS`.
  public static let threadLocal = SymbolType(rawValue: 6)
}

/// The lower two bits of `st_other` (gABI, "Symbol Visibility").
public struct SymbolVisibility: Equatable, Sendable {
  /// The number in the file.
  public let rawValue: UInt8

  /// The value that the file has as `rawValue`.
  public init(rawValue: UInt8) { self.rawValue = rawValue }

  /// `STV_DEFAULT`.
  public static let `default` = SymbolVisibility(rawValue: 0)
  /// `STV_INTERNAL`.
  public static let `internal` = SymbolVisibility(rawValue: 1)
  /// `STV_HIDDEN`.
  public static let hidden = SymbolVisibility(rawValue: 2)
  /// `STV_PROTECTED`.
  public static let protected = SymbolVisibility(rawValue: 3)
}

/// One symbol (gABI, "Symbol Table").
public struct Symbol: Equatable, Sendable {
  /// Size of `Elf32_Sym`.
  public static let size: UInt32 = 16

  /// `st_name`: offset in the string table.
  public let nameOffset: UInt32
  /// `st_value`.
  public let value: UInt32
  /// `st_size`.
  public let byteCount: UInt32
  /// `ELF32_ST_BIND(st_info)`.
  public let binding: SymbolBinding
  /// `ELF32_ST_TYPE(st_info)`.
  public let type: SymbolType
  /// `ELF32_ST_VISIBILITY(st_other)`.
  public let visibility: SymbolVisibility
  /// `st_shndx`.
  public let section: SectionIndex

  /// Whether this file defines the symbol.
  public var isDefined: Bool { section != .undefined }

  /// The symbol in `bytes`, which are `size` bytes; throws `extendedNumbering` for `SHN_XINDEX`.
  init(_ bytes: borrowing ByteView) throws(ELFError) {
    nameOffset = bytes.loadWord(0)
    value = bytes.loadWord(4)
    byteCount = bytes.loadWord(8)
    let info = bytes.loadByte(12)
    binding = SymbolBinding(rawValue: info >> 4)
    type = SymbolType(rawValue: info & 0xF)
    visibility = SymbolVisibility(rawValue: bytes.loadByte(13) & 3)
    section = SectionIndex(rawValue: bytes.loadHalf(14))
    guard section != .extended else { throw .extendedNumbering }
  }
}
