import TestImages
import HotReloadELF
import HotReloadLoader
import Testing

@Suite struct RelocationTests {
  /// symbolic.so with its first `R_RISCV_RELATIVE` replaced; the word at 0x630 is what it fixes.
  private func changed(type: UInt8, symbol: UInt32 = 0, offset: UInt32 = 0x630) throws -> [UInt8] {
    var bytes = try Fixture.bytes("symbolic.so")
    let table = 0x334
    precondition(bytes.word(at: table) == 0x630, "the table that readelf shows")
    bytes.set(word: offset, at: table)
    bytes.set(word: symbol << 8 | UInt32(type), at: table + 4)
    return bytes
  }

  @Test(arguments: [
    UInt8(2), 4, 6, 7, 8, 9, 10, 11, 12, 16, 17, 18, 19, 20, 23, 26, 35, 51, 57, 58, 59, 255,
  ])
  func namesUnsupportedTypes(type: UInt8) throws {
    let bytes = try changed(type: type, symbol: 1)
    let error = try #require(loadError(bytes))
    #expect(error == .unsupportedRelocation(address: 0x630, info: 0x100 | UInt32(type)))
    #expect(try !symbolName(of: error, in: bytes).isEmpty)
  }

  @Test func namesUnsupportedTypesWithoutASymbol() throws {
    for symbol in [UInt32(0), 0xFF_FFFF] {
      let bytes = try changed(type: 58, symbol: symbol)
      let error = try #require(loadError(bytes))
      #expect(error == .unsupportedRelocation(address: 0x630, info: symbol << 8 | 58))
      #expect(try symbolName(of: error, in: bytes) == "", "\(symbol)")
    }
  }

  @Test func leavesTheWordAloneForNone() throws {
    let memory = try load(try changed(type: 0, offset: 0xFFFF_FFFF)).memory
    #expect(memory.linked(0x630) == 0)
  }

  @Test func takesTheIndexZeroAsTheValueZero() throws {
    // R_RISCV_32 against STN_UNDEF: S is 0, A stays what it was.
    let memory = try load(try changed(type: 1)).memory
    #expect(memory.linked(0x630) == 0x62C)
    #expect(try load(try changed(type: 5)).memory.linked(0x630) == 0, "JUMP_SLOT has no addend")
  }

  @Test func refusesSymbolsBehindTheTable() throws {
    #expect(loadError(try changed(type: 1, symbol: 500)) == .elf(.noSuchIndex(500)))
  }

  @Test(arguments: [
    UInt32(0x62B), 0x701, 0x704, 0x500, 0, 0xFFFF_FFFD, 0x8000_0000,
  ])
  func refusesPlacesOutsideTheData(offset: UInt32) throws {
    #expect(
      loadError(try changed(type: 3, offset: offset)) == .fixupOutsideData(address: offset))
  }

  @Test func acceptsAnyPlaceInTheData() throws {
    for offset in [UInt32(0x62D), 0x62E, 0x700] {
      #expect(loadError(try changed(type: 3, offset: offset)) == nil, "\(offset)")
    }
  }
}
