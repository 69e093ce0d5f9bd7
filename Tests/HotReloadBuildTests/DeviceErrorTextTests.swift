import HotReloadELF
import HotReloadLoader
import Testing

@testable import HotReloadBuild

struct DeviceErrorTextTests {
  @Test(arguments: [
    ("nothing to fill in", "nothing to fill in"), ("chip %u, not %u", "chip 5, not 255"),
    ("at 0x%x", "at 0x5"), ("'%s' at 0x%x of %u", "'name' at 0x5 of 255"), ("100 %", "100 %"),
    ("%u %u %u.", "5 255 ."),
  ])
  func `formats are filled in`(format: String, text: String) {
    #expect(DeviceErrorText.fill(format, symbol: "name", numbers: [5, 255]) == text)
  }

  @Test func `zero is a number like any other`() {
    #expect(
      DeviceErrorText.describe(.wrongChip(found: 0, expected: 13), symbol: nil)
        == "built for chip 0, but this is chip 13")
    #expect(DeviceErrorText.describe(.wrongABI(flags: 0), symbol: nil).contains("0x0"))
  }

  static let elfErrors: [ELFError] = [
    .tooShort, .badMagic, .not32Bit(2), .notLittleEndian(2), .unsupportedVersion(0),
    .unsupportedType(1), .badProgramHeaderSize(1), .badSectionHeaderSize(1), .badEntrySize(1),
    .outOfBounds(52), .unterminatedString(0), .extendedNumbering, .noSuchIndex(3),
    .unexpectedSectionType(9), .fileSizeExceedsMemorySize(16), .segmentWraps(16),
    .badAlignment(3), .addressNotInFile(16), .badDynamicEntry(4), .relrWithoutAddress,
  ]

  static let loaderErrors: [LoaderError] = [
    .noLoadableSegment, .tooManyProgramHeaders(99), .wrongMachine(62), .wrongABI(flags: 0),
    .wrongChip(found: 0, expected: 5), .threadLocalStorage, .tooLarge(address: 0xE000_0000),
    .tooLarge(address: 0), .segmentsOverlap(address: 0), .writableCode(address: 0),
    .badAlignment(0), .notAModule, .unsupportedFormat(version: 2), .unsupportedFeatures(flags: 1),
    .noteTooShort(0), .codeFixups(1), .wrongExecutableOffset(found: 0, expected: 1),
    .blockTooSmall(needed: 1, found: 0), .blockMisaligned(address: 0, alignment: 4),
    .fixupOutsideData(address: 0), .misalignedFixup(address: 1),
    .unsupportedRelocation(address: 0, info: 5), .undefinedSymbol(address: 0, symbol: 0),
    .exportOutsideCode(address: 0), .noSuchExport(0), .lifecycleOutsideCode(address: 0),
    .keptOutsideData(address: 0), .badKeptName(offset: 0), .noSuchKeptVariable(0),
  ]

  @Test(arguments: elfErrors.map { LoaderError.elf($0) } + loaderErrors)
  func `nothing is left of a format`(error: LoaderError) {
    let text = DeviceErrorText.describe(error, symbol: "name")
    #expect(!text.contains("%"), "\(error)")
  }

  @Test(arguments: elfErrors)
  func `malformed files are described in full`(error: ELFError) {
    let failure = BuildFailure.malformed("a.o", error)
    #expect(failure.message == "a.o: \(DeviceErrorText.describe(error))")
    #expect(!failure.message.contains("%"), "\(error)")
  }

  @Test func `a linked module is told from one that is too large`() {
    #expect(
      DeviceErrorText.describe(.tooLarge(address: 0xE000_0000), symbol: nil)
        == "linked, but not packed: send module.elf, or run `hotreload pack`")
    #expect(
      DeviceErrorText.describe(.tooLarge(address: 0xE000_0004), symbol: nil)
        == "the segment at 0xe0000004 reaches too far")
  }
}
