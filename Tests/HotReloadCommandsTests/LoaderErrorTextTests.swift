import HotReloadELF
import HotReloadLoader
import Testing

@testable import HotReloadCommands

@Suite struct LoaderErrorTextTests {
  @Test(arguments: [
    ("nothing to fill in", "nothing to fill in"), ("chip %u, not %u", "chip 5, not 255"),
    ("at 0x%x", "at 0x5"), ("'%s' at 0x%x of %u", "'name' at 0x5 of 255"), ("100 %", "100 %"),
    ("%u %u %u.", "5 255 ."),
  ])
  func formatsAreFilledIn(format: String, text: String) {
    #expect(LoaderErrorText.fill(format, symbol: "name", numbers: [5, 255]) == text)
  }

  @Test func nothingIsLeftOfAFormat() {
    let errors: [LoaderError] = [
      .elf(.not32Bit(2)), .wrongChip(found: 5, expected: 13), .wrongMachine(62),
      .undefinedSymbol(address: 16, symbol: 3), .noLoadableSegment,
    ]
    for error in errors {
      #expect(!LoaderErrorText.describe(error, of: [], for: .esp32c6).contains("%"), "\(error)")
    }
  }
}
