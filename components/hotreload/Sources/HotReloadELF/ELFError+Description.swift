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

  /// One line for people, without the number.
  public var message: StaticString {
    switch self {
    case .tooShort: "shorter than an ELF header"
    case .badMagic: "not an ELF file"
    case .not32Bit: "not a 32-bit ELF file"
    case .notLittleEndian: "not a little-endian ELF file"
    case .unsupportedVersion: "unknown ELF version"
    case .unsupportedType: "another type of ELF file than needed"
    case .badProgramHeaderSize: "program headers of another size than 32 bytes"
    case .badSectionHeaderSize: "section headers of another size than 40 bytes"
    case .badEntrySize: "table entries of an unexpected size"
    case .outOfBounds: "cut off, or something lies outside what holds it (offset)"
    case .unterminatedString: "a string has no end (offset)"
    case .extendedNumbering: "too many sections or program headers"
    case .noSuchIndex: "an index has no entry"
    case .unexpectedSectionType: "a section is of another type than its use needs"
    case .fileSizeExceedsMemorySize: "a segment is larger in the file than in memory (address)"
    case .segmentWraps: "a segment reaches beyond the address space (address)"
    case .badAlignment: "an alignment is not a power of two"
    case .addressNotInFile: "no segment has this address in the file"
    case .badDynamicEntry: "the dynamic section lacks an entry, or has it in an unknown form (tag)"
    case .relrWithoutAddress: "a RELR table begins with a bitmap"
    }
  }

  /// The number that goes with the message; 0 where there is none.
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
