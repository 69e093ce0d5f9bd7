import HotReloadELF
import HotReloadPort

extension LoaderError {
  /// A stable name for programs, in snake_case.
  public var code: TextLine {
    if case .elf(let error) = self { return TextLine(error.code, 0) }
    return TextLine(Self.codes, line)
  }

  /// One line for people, printf's: at most one `%s` (the name of `symbol`), then at most two of `%u` or `%x` (`numbers`).
  @inline(never)
  public var message: TextLine {
    if case .elf(let error) = self { return TextLine(error.message, 0) }
    return TextLine(Self.messages, line)
  }

  /// Which line of `codes` and `messages` is the error's.
  private var line: UInt8 {
    switch self {
    case .elf, .noLoadableSegment: 0
    case .tooManyProgramHeaders: 1
    case .wrongMachine: 2
    case .wrongABI: 3
    case .wrongChip: 4
    case .threadLocalStorage: 5
    case .tooLarge: 6
    case .segmentsOverlap: 7
    case .writableCode: 8
    case .badAlignment: 9
    case .notAModule: 10
    case .unsupportedFormat: 11
    case .unsupportedFeatures: 12
    case .noteTooShort: 13
    case .codeFixups: 14
    case .wrongExecutableOffset: 15
    case .blockTooSmall: 16
    case .blockMisaligned: 17
    case .fixupOutsideData: 18
    case .misalignedFixup: 19
    case .unsupportedRelocation: 20
    case .undefinedSymbol: 21
    case .exportOutsideCode: 22
    case .noSuchExport: 23
    case .lifecycleOutsideCode: 24
    case .keptOutsideData: 25
    case .badKeptName: 26
    case .noSuchKeptVariable: 27
    }
  }

  private static var codes: StaticString {
    """
    no_loadable_segment
    too_many_program_headers
    wrong_machine
    wrong_abi
    wrong_chip
    thread_local_storage
    too_large
    segments_overlap
    writable_code
    bad_alignment
    not_a_module
    unsupported_format
    unsupported_features
    note_too_short
    code_fixups
    wrong_executable_offset
    block_too_small
    block_misaligned
    fixup_outside_data
    misaligned_fixup
    unsupported_relocation
    undefined_symbol
    export_outside_code
    no_such_export
    lifecycle_outside_code
    kept_outside_data
    bad_kept_name
    no_such_kept_variable
    """
  }

  private static var messages: StaticString {
    """
    the image has no loadable segment
    %u program headers are more than a module has
    built for another instruction set (e_machine %u)
    built for another ABI than the firmware's (e_flags 0x%x)
    built for chip %u, but this is chip %u
    thread-local variables are not supported
    the segment at 0x%x reaches too far
    the segment at 0x%x overlaps the one before, or lies below it
    the segment at 0x%x is writable and executable, but the buses differ
    a segment wants an alignment of %u
    neither a hotreload note nor a dynamic section
    image format %u is unknown to this firmware
    the image needs features 0x%x, which this firmware lacks
    the head of the hotreload note is too short: %u bytes
    the image has %u fixups for code
    linked for a bus distance of 0x%x, but the memory has 0x%x
    needs %u bytes of memory, but the block has %u
    the block at 0x%x is not aligned to %u
    the fixup at 0x%x lies outside the data in the file
    the RELR fixup at 0x%x is misaligned
    symbol '%s': relocation type %u at 0x%x is not supported
    symbol '%s', used at 0x%x, is defined nowhere
    the export at 0x%x lies outside the code
    there is no export %u
    the lifecycle function at 0x%x lies outside the code
    the kept variable at 0x%x lies outside the data
    the name of a kept variable, at offset 0x%x, is missing or has no end
    there is no kept variable %u
    """
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
