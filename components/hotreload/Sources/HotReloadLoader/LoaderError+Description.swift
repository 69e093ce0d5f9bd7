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
    case .lifecycleOutsideCode: "lifecycle_outside_code"
    case .keptOutsideData: "kept_outside_data"
    case .badKeptName: "bad_kept_name"
    case .noSuchKeptVariable: "no_such_kept_variable"
    }
  }

  /// One line for people, printf's: at most one `%s` (the name of `symbol`), then at most two of `%u` or `%x` (`numbers`).
  @inline(never)
  public var message: StaticString {
    switch self {
    case .elf(let error): error.message
    case .noLoadableSegment: "the image has no loadable segment"
    case .tooManyProgramHeaders: "%u program headers are more than a module has"
    case .wrongMachine: "built for another instruction set (e_machine %u)"
    case .wrongABI: "built for another ABI than the firmware's (e_flags 0x%x)"
    case .wrongChip: "built for chip %u, but this is chip %u"
    case .threadLocalStorage: "thread-local variables are not supported"
    case .tooLarge: "the segment at 0x%x reaches too far"
    case .segmentsOverlap: "the segment at 0x%x overlaps the one before, or lies below it"
    case .writableCode: "the segment at 0x%x is writable and executable, but the buses differ"
    case .badAlignment: "a segment wants an alignment of %u"
    case .notAModule: "neither a hotreload note nor a dynamic section"
    case .unsupportedFormat: "image format %u is unknown to this firmware"
    case .unsupportedFeatures: "the image needs features 0x%x, which this firmware lacks"
    case .noteTooShort: "the head of the hotreload note is too short: %u bytes"
    case .codeFixups: "the image has %u fixups for code"
    case .wrongExecutableOffset: "linked for a bus distance of 0x%x, but the memory has 0x%x"
    case .blockTooSmall: "needs %u bytes of memory, but the block has %u"
    case .blockMisaligned: "the block at 0x%x is not aligned to %u"
    case .fixupOutsideData: "the fixup at 0x%x lies outside the data in the file"
    case .misalignedFixup: "the RELR fixup at 0x%x is misaligned"
    case .unsupportedRelocation: "symbol '%s': relocation type %u at 0x%x is not supported"
    case .undefinedSymbol: "symbol '%s', used at 0x%x, is defined nowhere"
    case .exportOutsideCode: "the export at 0x%x lies outside the code"
    case .noSuchExport: "there is no export %u"
    case .lifecycleOutsideCode: "the lifecycle function at 0x%x lies outside the code"
    case .keptOutsideData: "the kept variable at 0x%x lies outside the data"
    case .badKeptName: "the name of a kept variable, at offset 0x%x, is missing or has no end"
    case .noSuchKeptVariable: "there is no kept variable %u"
    }
  }

  /// What the conversions of the message stand for; 0 where there is none.
  @inline(never)
  public var numbers: (first: UInt32, second: UInt32) {
    switch self {
    case .elf(let error): (error.number, 0)
    case .noLoadableSegment, .threadLocalStorage, .notAModule: (0, 0)
    case .tooManyProgramHeaders(let value), .badAlignment(let value), .noteTooShort(let value),
      .codeFixups(let value), .noSuchExport(let value), .wrongABI(let value),
      .tooLarge(let value), .segmentsOverlap(let value), .writableCode(let value),
      .fixupOutsideData(let value), .misalignedFixup(let value),
      .exportOutsideCode(let value), .lifecycleOutsideCode(let value),
      .keptOutsideData(let value), .badKeptName(let value), .noSuchKeptVariable(let value),
      .undefinedSymbol(let value, _):
      (value, 0)
    case .wrongMachine(let value), .unsupportedFormat(let value), .unsupportedFeatures(let value):
      (UInt32(value), 0)
    case .wrongChip(let first, let second): (UInt32(first), UInt32(second))
    case .wrongExecutableOffset(let first, let second), .blockTooSmall(let first, let second),
      .blockMisaligned(let first, let second):
      (first, second)
    case .unsupportedRelocation(let address, let info): (info & 0xFF, address)
    }
  }

  /// Index of the symbol that `%s` in the message stands for; nil where there is none, 0 for one without a name.
  public var symbol: UInt32? {
    switch self {
    case .unsupportedRelocation(_, let info): info >> 8
    case .undefinedSymbol(_, let symbol): symbol
    default: nil
    }
  }
}
