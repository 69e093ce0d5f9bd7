/// Why bytes are not a well-formed ELF32 little-endian file. Payloads are the offending value or offset.
public enum ELFError: Error, Equatable, Sendable {
  /// Fewer bytes than an ELF header (52).
  case tooShort
  /// The file does not begin with 0x7F "ELF".
  case badMagic
  /// `EI_CLASS` is not `ELFCLASS32`.
  case not32Bit(UInt8)
  /// `EI_DATA` is not `ELFDATA2LSB`.
  case notLittleEndian(UInt8)
  /// `EI_VERSION` or `e_version` is not `EV_CURRENT`.
  case unsupportedVersion(UInt32)
  /// `e_type` is not the type asked for.
  case unsupportedType(UInt16)
  /// `e_phentsize` is not 32.
  case badProgramHeaderSize(UInt16)
  /// `e_shentsize` is not 40.
  case badSectionHeaderSize(UInt16)
  /// `sh_entsize` or a `DT_…ENT` is not the size of one entry, or a table's size is no multiple of it.
  case badEntrySize(UInt32)
  /// The file ends before what begins at this offset of the table or section that holds it.
  case outOfBounds(UInt32)
  /// A string has no NUL before the end of its table; the payload is its offset there.
  case unterminatedString(UInt32)
  /// More headers or sections than 16 bits can count (`PN_XNUM`, `SHN_XINDEX`).
  case extendedNumbering
  /// There is no section, program header or symbol of this index.
  case noSuchIndex(UInt32)
  /// A section is not of the type that its use needs; the payload is its `sh_type`.
  case unexpectedSectionType(UInt32)
  /// `p_filesz` is larger than `p_memsz`; the payload is the segment's address.
  case fileSizeExceedsMemorySize(UInt32)
  /// `p_vaddr` + `p_memsz` does not fit into the address space; the payload is the address.
  case segmentWraps(UInt32)
  /// `p_align` is neither 0 nor a power of two.
  case badAlignment(UInt32)
  /// No loadable segment has these bytes in the file; the payload is the address.
  case addressNotInFile(UInt32)
  /// The dynamic section lacks this entry (`d_tag`), or has it in a form that is not read here.
  case badDynamicEntry(UInt32)
  /// A RELR table begins with a bitmap.
  case relrWithoutAddress
}
