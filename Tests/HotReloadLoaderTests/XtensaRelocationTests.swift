import HotReloadELF
import HotReloadLoader
import HotReloadPort
import TestImages
import Testing

/// Each type of relocation of Xtensa, in a plain shared object with data and code far apart.
@Suite struct XtensaRelocationTests {
  private static let fixture = "xtensa-apart-gcc.so"

  /// The fixture with its first relocation replaced: one of the word `place` in the data, which holds `word`.
  private func changed(
    type: UInt8, symbol: UInt32 = 0, addend: UInt32 = 0, word: UInt32? = nil, place: UInt32? = nil
  ) throws -> [UInt8] {
    var bytes = try Fixture.bytes(Self.fixture)
    let original = bytes
    let file = try ELFFile(original.raw)
    let section = try #require(try file.section(ofType: .relocationsWithAddend))
    let table = Int(section.offset)
    let place = try place ?? PackedImageBuilder.value(of: "counter", in: original)
    bytes.set(word: place, at: table)
    bytes.set(word: symbol << 8 | UInt32(type), at: table + 4)
    bytes.set(word: addend, at: table + 8)
    if let word, let segment = file.programHeader(ofType: .load) {
      bytes.set(word: word, at: Int(place - segment.virtualAddress + segment.offset))
    }
    return bytes
  }

  /// What the loader makes of the word at `counter`.
  private func result(_ bytes: [UInt8]) throws -> UInt32 {
    let module = try XtensaModule(bytes, chip: .esp32)
    let place = try PackedImageBuilder.value(of: "counter", in: bytes)
    return module.memory.word(at: place - 0x1000_0000 + module.blocks.data.dataAddress)
  }

  /// The index of a dynamic symbol.
  private func index(of name: String) throws -> UInt32 {
    let bytes = try Fixture.bytes(Self.fixture)
    let file = try ELFFile(bytes.raw)
    let name = Array(name.utf8)
    if let section = try file.section(ofType: .dynamicSymbolTable) {
      let symbols = try file.symbolTable(section)
      for index in 0..<symbols.count
      where symbols.isNamed(try symbols.symbol(at: index), name.span) { return index }
    }
    throw ELFError.noSuchIndex(0)
  }

  private let data = Chip.esp32.dataBus.start
  private let code = Chip.esp32.instructionBus.start

  /// R_XTENSA_NONE, RTLD, ASM_EXPAND, SLOT0_OP.
  @Test(arguments: [UInt8(0), 2, 11, 20])
  func leavesTheWordAloneWhereNoActionIsDue(type: UInt8) throws {
    #expect(try result(changed(type: type, symbol: 1, addend: 8, word: 0x1000_0000)) == 0x1000_0000)
    #expect(
      XtensaModule.error(try changed(type: type, place: .max), chip: .esp32) == nil,
      "not even the place is looked at")
  }

  @Test(arguments: [
    (word: UInt32(0x1000_0010), addend: UInt32(0), code: false), (0x1000_0010, 8, false),
    (0x2000_0010, 0, true), (0x2000_0010, 0xFFFF_FFF8, true), (0x17FF_FFFF, 0, false),
    (0x1800_0000, 0, true), (0x0FFF_FFFC, 0, false), (0x1FFF_FFFC, 0, true),
  ])
  func relativeAddsTheBiasOfTheRegion(word: UInt32, addend: UInt32, code: Bool) throws {
    let sum = word &+ addend
    let expected = code ? sum &- 0x2000_0000 &+ self.code : sum &- 0x1000_0000 &+ data
    #expect(try result(changed(type: 5, addend: addend, word: word)) == expected)
  }

  /// R_XTENSA_32, GLOB_DAT, JMP_SLOT, PLT.
  @Test(arguments: [UInt8(1), 3, 4, 6], ["global", "run"])
  func symbolsGetTheBiasOfTheirRegion(type: UInt8, name: String) throws {
    let bytes = try Fixture.bytes(Self.fixture)
    let value = try PackedImageBuilder.value(of: name, in: bytes)
    let address = name == "run" ? value - 0x2000_0000 + code : value - 0x1000_0000 + data
    let symbol = try index(of: name)
    #expect(try result(changed(type: type, symbol: symbol, word: 0x1234_5678)) == address)
    #expect(try result(changed(type: type, symbol: symbol, addend: 12)) == address + 12)
    // The table that begins at `global` may be indexed by -0x2000000: it is still data.
    let far = try changed(type: type, symbol: symbol, addend: 0x0F00_0000)
    #expect(try result(far) == address + 0x0F00_0000)
  }

  @Test func theIndexZeroIsTheValueZero() throws {
    #expect(try result(changed(type: 1, addend: 8)) == 8)
  }

  @Test(arguments: [
    UInt8(7), 8, 9, 10, 12, 14, 15, 16, 17, 19, 21, 34, 35, 49, 50, 53, 57, 62, 255,
  ])
  func namesUnsupportedTypes(type: UInt8) throws {
    let symbol = try index(of: "run")
    let bytes = try changed(type: type, symbol: symbol)
    let place = try PackedImageBuilder.value(of: "counter", in: bytes)
    let error = try #require(XtensaModule.error(bytes, chip: .esp32))
    #expect(
      error == .unsupportedRelocation(address: place, info: symbol << 8 | UInt32(type)))
    #expect(try symbolName(of: error, in: bytes, chip: .esp32) == "run")
  }

  @Test func refusesSymbolsBehindTheTable() throws {
    #expect(
      XtensaModule.error(try changed(type: 1, symbol: 500), chip: .esp32)
        == .elf(.noSuchIndex(500)))
  }

  @Test(arguments: [UInt32(0), 0x0FFF_FFFC, 0x1800_0000, 0x1FFF_FFFE, 0xFFFF_FFFD])
  func refusesPlacesOutsideTheModule(place: UInt32) throws {
    #expect(
      XtensaModule.error(try changed(type: 1, place: place), chip: .esp32)
        == .fixupOutsideData(address: place))
  }

  @Test(arguments: [UInt32(0x2000_0001), 0x2000_0002, 0x2000_0007])
  func refusesPartsOfWordsInCode(place: UInt32) throws {
    #expect(
      XtensaModule.error(try changed(type: 1, place: place), chip: .esp32)
        == .misalignedFixup(address: place))
  }
}
