import HotReloadELF
import HotReloadLoader
import Testing

@Suite struct LoaderErrorTests {
  struct Text: CustomTestStringConvertible {
    var error: LoaderError
    var code: String
    var message: String
    var testDescription: String { code }

    init(_ error: LoaderError, _ code: String, _ message: String) {
      self.error = error
      self.code = code
      self.message = message
    }
  }

  static let texts = [
    Text(.elf(.badMagic), "bad_magic", "not an ELF file"),
    Text(
      .elf(.outOfBounds(7)), "out_of_bounds",
      "cut off, or something lies outside what holds it (offset 0x%x)"),
    Text(
      .elf(.unsupportedType(2)), "unsupported_type",
      "another type of ELF file than needed (e_type %u)"),
    Text(.noLoadableSegment, "no_loadable_segment", "the image has no loadable segment"),
    Text(
      .tooManyProgramHeaders(40), "too_many_program_headers",
      "%u program headers are more than a module has"),
    Text(.wrongMachine(94), "wrong_machine", "built for another instruction set (e_machine %u)"),
    Text(
      .wrongABI(flags: 3), "wrong_abi", "built for another ABI than the firmware's (e_flags 0x%x)"),
    Text(
      .wrongChip(found: 5, expected: 13), "wrong_chip", "built for chip %u, but this is chip %u"),
    Text(.threadLocalStorage, "thread_local_storage", "thread-local variables are not supported"),
    Text(.tooLarge(address: 1), "too_large", "the segment at 0x%x reaches too far"),
    Text(
      .segmentsOverlap(address: 1), "segments_overlap",
      "the segment at 0x%x overlaps the one before, or lies below it"),
    Text(
      .writableCode(address: 1), "writable_code",
      "the segment at 0x%x is writable and executable, but the buses differ"),
    Text(.badAlignment(1), "bad_alignment", "a segment wants an alignment of %u"),
    Text(.notAModule, "not_a_module", "neither a hotreload note nor a dynamic section"),
    Text(
      .unsupportedFormat(version: 2), "unsupported_format",
      "image format %u is unknown to this firmware"),
    Text(
      .unsupportedFeatures(flags: 1), "unsupported_features",
      "the image needs features 0x%x, which this firmware lacks"),
    Text(
      .noteTooShort(1), "note_too_short", "the head of the hotreload note is too short: %u bytes"),
    Text(.codeFixups(1), "code_fixups", "the image has %u fixups for code"),
    Text(
      .wrongExecutableOffset(found: 1, expected: 2), "wrong_executable_offset",
      "linked for a bus distance of 0x%x, but the memory has 0x%x"),
    Text(
      .blockTooSmall(needed: 1, found: 2), "block_too_small",
      "needs %u bytes of memory, but the block has %u"),
    Text(
      .blockMisaligned(address: 1, alignment: 2), "block_misaligned",
      "the block at 0x%x is not aligned to %u"),
    Text(
      .fixupOutsideData(address: 1), "fixup_outside_data",
      "the fixup at 0x%x lies outside the data in the file"),
    Text(.misalignedFixup(address: 1), "misaligned_fixup", "the RELR fixup at 0x%x is misaligned"),
    Text(
      .unsupportedRelocation(address: 2, info: 0x301), "unsupported_relocation",
      "symbol '%s': relocation type %u at 0x%x is not supported"),
    Text(
      .undefinedSymbol(address: 1, symbol: 3), "undefined_symbol",
      "symbol '%s', used at 0x%x, is defined nowhere"),
    Text(
      .exportOutsideCode(address: 1), "export_outside_code",
      "the export at 0x%x lies outside the code"),
    Text(.noSuchExport(1), "no_such_export", "there is no export %u"),
    Text(
      .lifecycleOutsideCode(address: 1), "lifecycle_outside_code",
      "the lifecycle function at 0x%x lies outside the code"),
    Text(
      .keptOutsideData(address: 1), "kept_outside_data",
      "the kept variable at 0x%x lies outside the data"),
    Text(
      .badKeptName(offset: 1), "bad_kept_name",
      "the name of a kept variable, at offset 0x%x, is missing or has no end"),
    Text(.noSuchKeptVariable(1), "no_such_kept_variable", "there is no kept variable %u"),
  ]

  @Test(arguments: texts)
  func `each error has its own code and sentence`(text: Text) {
    #expect("\(text.error.code)" == text.code)
    #expect("\(text.error.message)" == text.message)
  }

  /// What a printf that gets a symbol and two numbers can print: `%s` first, where there is a symbol.
  @Test(arguments: texts.map(\.error))
  func hasAMessageThatFitsItsValues(error: LoaderError) throws {
    let message = "\(error.message)"
    let conversions = message.split(separator: "%", omittingEmptySubsequences: false).dropFirst()
      .compactMap(\.first)
    let numbers = conversions.filter { $0 == "u" || $0 == "x" }
    #expect(conversions.count == numbers.count + (error.symbol == nil ? 0 : 1))
    #expect(conversions.first == "s" || error.symbol == nil)
    // The values above are not 0, so a number that the message does not print would be lost.
    let values = [error.numbers.first, error.numbers.second].filter { $0 != 0 }
    #expect(numbers.count == values.count, "\(message)")
  }

  @Test func hasACodeForEachCase() {
    let codes = Set(Self.texts.map(\.code))
    #expect(codes.count == Self.texts.count)
    #expect(codes.allSatisfy { $0.allSatisfy { $0.isLowercase || $0.isNumber || $0 == "_" } })
  }

  @Test func distinguishesTheNumbersByPosition() {
    #expect(LoaderError.wrongChip(found: 5, expected: 13).numbers == (5, 13))
    #expect(
      LoaderError.unsupportedRelocation(address: 16, info: 0x33A).numbers == (58, 16))
  }
}
