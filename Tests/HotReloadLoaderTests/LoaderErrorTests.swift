import HotReloadELF
import HotReloadLoader
import Testing

@Suite struct LoaderErrorTests {
  static let errors: [LoaderError] = [
    .elf(.badMagic), .elf(.outOfBounds(7)), .elf(.unsupportedType(2)), .noLoadableSegment,
    .tooManyProgramHeaders(40), .wrongMachine(94), .wrongABI(flags: 3),
    .wrongChip(found: 5, expected: 13), .threadLocalStorage, .tooLarge(address: 1),
    .segmentsOverlap(address: 1), .writableCode(address: 1), .badAlignment(1), .notAModule,
    .unsupportedFormat(version: 2), .unsupportedFeatures(flags: 1), .noteTooShort(1),
    .codeFixups(1), .wrongExecutableOffset(found: 1, expected: 2),
    .blockTooSmall(needed: 1, found: 2), .blockMisaligned(address: 1, alignment: 2),
    .fixupOutsideData(address: 1), .misalignedFixup(address: 1),
    .unsupportedRelocation(address: 2, info: 0x301),
    .undefinedSymbol(address: 1, symbol: 3), .exportOutsideCode(address: 1),
    .noSuchExport(1), .lifecycleOutsideCode(address: 1), .keptOutsideData(address: 1),
    .badKeptName(offset: 1), .noSuchKeptVariable(1),
  ]

  /// What a printf that gets a symbol and two numbers can print: `%s` first, where there is a symbol.
  @Test(arguments: errors)
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
    let codes = Set(Self.errors.map { "\($0.code)" })
    #expect(codes.count == Self.errors.count)
    #expect(codes.allSatisfy { $0.allSatisfy { $0.isLowercase || $0.isNumber || $0 == "_" } })
  }

  @Test func distinguishesTheNumbersByPosition() {
    #expect(LoaderError.wrongChip(found: 5, expected: 13).numbers == (5, 13))
    #expect(
      LoaderError.unsupportedRelocation(address: 16, info: 0x33A).numbers == (58, 16))
  }
}
