extension ELFError {
  /// A stable name for programs, in snake_case.
  public var code: StaticString {
    switch self {
    case .tooShort: "too_short"
    case .badMagic: "bad_magic"
    case .not32Bit: "not_32_bit"
    case .notLittleEndian: "not_little_endian"
    case .unsupportedVersion: "unsupported_version"
    case .unsupportedType: "unsupported_type"
    case .badProgramHeaderSize: "bad_program_header_size"
    case .badSectionHeaderSize: "bad_section_header_size"
    case .badEntrySize: "bad_entry_size"
    case .outOfBounds: "out_of_bounds"
    case .unterminatedString: "unterminated_string"
    case .extendedNumbering: "extended_numbering"
    case .noSuchIndex: "no_such_index"
    case .unexpectedSectionType: "unexpected_section_type"
    case .fileSizeExceedsMemorySize: "file_size_exceeds_memory_size"
    case .segmentWraps: "segment_wraps"
    case .badAlignment: "bad_alignment"
    case .addressNotInFile: "address_not_in_file"
    case .badDynamicEntry: "bad_dynamic_entry"
    case .relrWithoutAddress: "relr_without_address"
    }
  }

  /// One line for people, printf's: at most one `%u` or `%x` (`number`).
  public var message: StaticString {
    switch self {
    case .tooShort: "shorter than an ELF header"
    case .badMagic: "not an ELF file"
    case .not32Bit: "not a 32-bit ELF file (class %u)"
    case .notLittleEndian: "not a little-endian ELF file (encoding %u)"
    case .unsupportedVersion: "unknown ELF version %u"
    case .unsupportedType: "another type of ELF file than needed (e_type %u)"
    case .badProgramHeaderSize: "program headers of %u bytes instead of 32"
    case .badSectionHeaderSize: "section headers of %u bytes instead of 40"
    case .badEntrySize: "a table does not consist of whole entries (entry size %u)"
    case .outOfBounds: "cut off, or something lies outside what holds it (offset 0x%x)"
    case .unterminatedString: "the string at offset 0x%x has no end"
    case .extendedNumbering: "too many sections or program headers"
    case .noSuchIndex: "the index %u has no entry"
    case .unexpectedSectionType: "a section of type %u where its use needs another"
    case .fileSizeExceedsMemorySize: "the segment at 0x%x is larger in the file than in memory"
    case .segmentWraps: "the segment at 0x%x reaches beyond the address space"
    case .badAlignment: "the alignment %u is not a power of two"
    case .addressNotInFile: "no segment has address 0x%x in the file"
    case .badDynamicEntry: "dynamic entry 0x%x is missing, or has an unknown form"
    case .relrWithoutAddress: "a RELR table begins with a bitmap"
    }
  }

  /// What the conversion in the message stands for; 0 where there is none.
  public var number: UInt32 {
    switch self {
    case .tooShort, .badMagic, .extendedNumbering, .relrWithoutAddress: 0
    case .not32Bit(let value), .notLittleEndian(let value): UInt32(value)
    case .unsupportedType(let value), .badProgramHeaderSize(let value),
      .badSectionHeaderSize(let value):
      UInt32(value)
    case .unsupportedVersion(let value), .badEntrySize(let value), .outOfBounds(let value),
      .unterminatedString(let value), .noSuchIndex(let value), .unexpectedSectionType(let value),
      .fileSizeExceedsMemorySize(let value), .segmentWraps(let value), .badAlignment(let value),
      .addressNotInFile(let value), .badDynamicEntry(let value):
      value
    }
  }
}
