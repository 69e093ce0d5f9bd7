import HotReloadELF

extension LoaderError {
  /// A stable name for programs, in snake_case.
  public var code: StaticString {
    switch self {
    case .elf(let error): error.code
    case .noLoadableSegment: "no_loadable_segment"
    case .tooManyProgramHeaders: "too_many_program_headers"
    case .wrongMachine: "wrong_machine"
    case .wrongABI: "wrong_abi"
    case .wrongChip: "wrong_chip"
    case .threadLocalStorage: "thread_local_storage"
    case .tooLarge: "too_large"
    case .segmentsOverlap: "segments_overlap"
    case .writableCode: "writable_code"
    case .badAlignment: "bad_alignment"
    case .notAModule: "not_a_module"
    case .unsupportedFormat: "unsupported_format"
    case .unsupportedFeatures: "unsupported_features"
    case .noteTooShort: "note_too_short"
    case .codeFixups: "code_fixups"
    case .wrongExecutableOffset: "wrong_executable_offset"
    case .blockTooSmall: "block_too_small"
    case .blockMisaligned: "block_misaligned"
    case .fixupOutsideData: "fixup_outside_data"
    case .misalignedFixup: "misaligned_fixup"
    case .unsupportedRelocation: "unsupported_relocation"
    case .undefinedSymbol: "undefined_symbol"
    case .exportOutsideCode: "export_outside_code"
    case .noSuchExport: "no_such_export"
    }
  }

  /// One line for people, without the numbers and the symbol.
  public var message: StaticString {
    switch self {
    case .elf(let error): error.message
    case .noLoadableSegment: "the image has no loadable segment"
    case .tooManyProgramHeaders: "the image has too many program headers"
    case .wrongMachine: "the image is for another instruction set"
    case .wrongABI: "the image is for another ABI than the firmware's"
    case .wrongChip: "the image is for another chip (found, expected)"
    case .threadLocalStorage: "thread-local variables are not supported"
    case .tooLarge: "a segment reaches too far"
    case .segmentsOverlap: "segments overlap or are out of order"
    case .writableCode: "a segment is writable and executable, but the buses differ"
    case .badAlignment: "a segment wants too large an alignment"
    case .notAModule: "neither a hotreload note nor a dynamic section"
    case .unsupportedFormat: "the image has another format version"
    case .unsupportedFeatures: "the image needs a newer firmware"
    case .noteTooShort: "the hotreload note is too short"
    case .codeFixups: "the image has fixups for code"
    case .wrongExecutableOffset: "linked for other memory (distance of the buses found, expected)"
    case .blockTooSmall: "the memory block is too small (needed, found)"
    case .blockMisaligned: "the memory block is misaligned (address, alignment)"
    case .fixupOutsideData: "a fixup lies outside the data in the file"
    case .misalignedFixup: "a RELR fixup is misaligned"
    case .unsupportedRelocation: "unsupported relocation (type, address)"
    case .undefinedSymbol: "undefined symbol (address of its use)"
    case .exportOutsideCode: "an export lies outside the code"
    case .noSuchExport: "there is no export of this index"
    }
  }

  /// Up to two numbers that go with the message: what its parentheses name, else one offending value.
  public var numbers: (first: UInt32, second: UInt32) {
    switch self {
    case .elf(let error): (error.number, 0)
    case .noLoadableSegment, .threadLocalStorage, .notAModule: (0, 0)
    case .tooManyProgramHeaders(let value), .badAlignment(let value), .noteTooShort(let value),
      .codeFixups(let value), .noSuchExport(let value), .wrongABI(let value),
      .tooLarge(let value), .segmentsOverlap(let value), .writableCode(let value),
      .fixupOutsideData(let value), .misalignedFixup(let value),
      .exportOutsideCode(let value), .undefinedSymbol(let value, _):
      (value, 0)
    case .wrongMachine(let value), .unsupportedFormat(let value), .unsupportedFeatures(let value):
      (UInt32(value), 0)
    case .wrongChip(let first, let second): (UInt32(first), UInt32(second))
    case .wrongExecutableOffset(let first, let second), .blockTooSmall(let first, let second),
      .blockMisaligned(let first, let second):
      (first, second)
    case .unsupportedRelocation(let type, let address, _): (UInt32(type), address)
    }
  }

  /// The symbol that the error is about, if there is one.
  public var symbol: SymbolName? {
    switch self {
    case .unsupportedRelocation(_, _, let symbol), .undefinedSymbol(_, let symbol): symbol
    default: nil
    }
  }
}
