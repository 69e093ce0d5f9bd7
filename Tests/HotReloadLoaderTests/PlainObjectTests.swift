import TestImages
import HotReloadELF
import HotReloadLoader
import Testing

@Suite struct PlainObjectTests {
  private let base: UInt32 = 0x4081_0000

  @Test(arguments: ["plain.so", "symbolic.so", "relr.so", "emitted.so"])
  func pointsEveryPointerAtItsObject(name: String) throws {
    let bytes = try Fixture.bytes(name)
    let memory = try load(bytes, at: base).memory
    func linked(_ symbol: String) throws -> UInt32 {
      try PackedImageBuilder.value(of: symbol, in: bytes)
    }
    for (pointer, target) in [
      ("global_pointer", "global"), ("function_pointer", "helper"),
    ] {
      #expect(try memory.linked(linked(pointer)) == base + linked(target), "\(pointer)")
    }
    #expect(try memory.linked(linked("primes_end")) == base + linked("primes") + 32)
    #expect(try memory.linked(linked("odd") + 1) == base + linked("global"), "an odd address")
    let name = try memory.linked(linked("names") + 4) - base
    #expect(Array(memory.bytes[Int(name)..<Int(name) + 4]) == Array("one\0".utf8))
    #expect(try memory.linked(linked("global")) == 7, "data that is no pointer")
  }

  @Test func bindsJumpSlotsToTheModulesOwnFunctions() throws {
    let bytes = try Fixture.bytes("plain.so")
    let memory = try load(bytes, at: base).memory
    let file = try ELFFile(bytes.raw)
    let name = Array(".rela.plt".utf8)
    let section = try #require(try file.section(named: name.span))
    let slots = try file.relocations(section)
    let symbols = try file.symbolTable(file.sectionHeader(link: section.link))
    #expect(slots.count == 2)
    for index in 0..<slots.count {
      let slot = try slots.entry(at: index)
      #expect(slot.type == 5, "R_RISCV_JUMP_SLOT")
      #expect(try memory.linked(slot.offset) == base + symbols.symbol(at: slot.symbol).value)
    }
  }

  @Test func leavesUndefinedWeakSymbolsAtZero() throws {
    let bytes = try Fixture.bytes("weak.so")
    let memory = try load(bytes, at: base).memory
    let pointer = try PackedImageBuilder.value(of: "absent_pointer", in: bytes)
    #expect(memory.linked(pointer) == 0)
    let offset = try PackedImageBuilder.value(of: "absent_offset", in: bytes)
    #expect(memory.linked(offset) == 4, "S + A")
  }

  @Test func namesUndefinedSymbols() throws {
    let bytes = try Fixture.bytes("strong.so")
    let error = try #require(loadError(bytes))
    guard case .undefinedSymbol(let address, _) = error else {
      Issue.record("\(error)")
      return
    }
    #expect(address == 0x2B0, "the slot that readelf shows")
    #expect(try symbolName(of: error, in: bytes).hasPrefix("a_function_that_no_object_file_"))
  }

  @Test func refusesThreadLocalStorage() throws {
    #expect(loadError(try Fixture.bytes("thread.so")) == .threadLocalStorage)
  }

  @Test func refusesWhatHasNoDynamicSection() throws {
    #expect(loadError(try Fixture.bytes("module.o")) == .elf(.unsupportedType(1)))
    #expect(loadError(try Fixture.bytes("executable.elf")) == .elf(.unsupportedType(2)))
    #expect(
      loadError(try Fixture.bytes("original-style.so")) == .elf(.badDynamicEntry(6)),
      "its dynamic section is zeros: loading it without relocations would be wrong")
    #expect(loadError(try Fixture.bytes("bus.so")) == .tooLarge(address: 0xE000_0000))
  }

  @Test func refusesToLoadWhereTheBusesDiffer() throws {
    #expect(
      loadError(try Fixture.bytes("plain.so"), chip: .esp32c3, at: 0x3FC9_0000)
        == .wrongExecutableOffset(found: 0, expected: 0x70_0000))
  }

  @Test(arguments: [
    (name: "run", found: true), ("helper", true), ("name_of", true),
    ("weak_function", false), ("hidden_function", false), ("global", false), ("ru", false),
    ("runs", false), ("", false),
  ])
  func findsStrongFunctionsByName(name: String, found: Bool) throws {
    for file in ["plain.so", "symbolic.so", "relr.so"] {
      let bytes = try Fixture.bytes(file)
      let expected = found ? try PackedImageBuilder.value(of: name, in: bytes) + base : nil
      #expect(try address(of: name, in: bytes, at: base) == expected, "\(name) in \(file)")
    }
  }

  @Test func doesNotFindUndefinedFunctions() throws {
    #expect(try address(of: "absent", in: Fixture.bytes("weak.so"), at: base) == nil)
  }

  @Test func findsExportsWithoutAHashTable() throws {
    var bytes = try Fixture.bytes("symbolic.so")
    try changeDynamic(&bytes, tag: 4, to: 0x6FFF_FFF0)  // DT_HASH to one that nobody reads
    let expected = try PackedImageBuilder.value(of: "run", in: bytes) + base
    // The string table does not follow the symbols directly here, so it bounds them from above.
    #expect(try address(of: "run", in: bytes, at: base) == expected)
  }

  @Test(arguments: [UInt32(5), 6])
  func refusesADynamicSectionWithout(tag: UInt32) throws {
    var bytes = try Fixture.bytes("plain.so")
    try changeDynamic(&bytes, tag: tag, to: 0x6FFF_FFF0)
    #expect(loadError(bytes) == .elf(.badDynamicEntry(tag)))
  }

  @Test(arguments: [UInt32(9), 11, 20])
  func refusesTablesOfAnotherForm(tag: UInt32) throws {
    var bytes = try Fixture.bytes("plain.so")
    try changeDynamic(&bytes, tag: tag, to: tag, value: 8)
    #expect(loadError(bytes) == .elf(.badDynamicEntry(tag)))
  }

  @Test func refusesRelocationsWithoutAddends() throws {
    var bytes = try Fixture.bytes("plain.so")
    try changeDynamic(&bytes, tag: 7, to: 17)
    #expect(loadError(bytes) == .elf(.badDynamicEntry(17)))
  }

  /// Gives the first dynamic entry with `tag` another tag and value.
  private func changeDynamic(
    _ bytes: inout [UInt8], tag: UInt32, to other: UInt32, value: UInt32? = nil
  ) throws {
    let original = bytes
    let file = try ELFFile(original.raw)
    let found = file.programHeader(ofType: .dynamic)
    let segment = try #require(found)
    var offset = Int(segment.offset)
    while bytes.word(at: offset) != tag { offset += 8 }
    bytes.set(word: other, at: offset)
    if let value { bytes.set(word: value, at: offset + 4) }
  }
}
