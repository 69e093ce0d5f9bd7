import TestImages
import HotReloadELF
import Testing

@Suite struct SectionTests {
  @Test func findsSectionsByName() throws {
    let bytes = try Fixture.bytes("module.o")
    let file = try ELFFile(bytes.raw)
    let name = Array(".text.run".utf8)
    let section = try #require(try file.section(named: name.span))
    #expect(section.type == .programBits)
    #expect(section.flags.isExecutable && section.flags.isAllocated)
    #expect(try file.contents(of: section).count == section.byteCount)
    let missing = Array(".text.ru".utf8)
    #expect(try file.section(named: missing.span) == nil)
  }

  @Test func hasNoBytesForBSS() throws {
    let bytes = try Fixture.bytes("plain.so")
    let file = try ELFFile(bytes.raw)
    let section = try #require(try file.section(ofType: .noBits))
    #expect(section.byteCount > 0)
    #expect(try file.contents(of: section).count == 0)
  }

  @Test func readsRelocationsOfAnObjectFile() throws {
    let bytes = try Fixture.bytes("module.o")
    let file = try ELFFile(bytes.raw)
    let name = Array(".rela.data.function_pointer".utf8)
    let section = try #require(try file.section(named: name.span))
    let entry = try file.relocations(section).entry(at: 0)
    #expect(entry.type == 1, "R_RISCV_32")
    let symbols = try file.symbolTable(file.sectionHeader(link: section.link))
    let helper = Array("helper".utf8)
    #expect(try symbols.isNamed(symbols.symbol(at: entry.symbol), helper.span))
    #expect(throws: ELFError.noSuchIndex(1)) {
      _ = try file.relocations(section).entry(at: 1)
    }
  }

  @Test(arguments: [
    (name: "run", binding: SymbolBinding.global, type: SymbolType.function, defined: true),
    ("global", .global, .object, true),
    ("hidden_function", .local, .function, true),
    ("weak_function", .weak, .function, true),
    ("hits", .local, .object, true),
  ])
  func readsSymbols(
    name: String, binding: SymbolBinding, type: SymbolType, defined: Bool
  ) throws {
    let bytes = try Fixture.bytes("plain.so")
    let symbol = try #require(try symbol(name, of: .symbolTable, in: bytes))
    #expect(symbol.binding == binding)
    #expect(symbol.type == type)
    #expect(symbol.isDefined == defined)
  }

  @Test func readsVisibilityAndUndefinedSymbols() throws {
    let bytes = try Fixture.bytes("weak.so")
    let absent = try #require(try symbol("absent", of: .dynamicSymbolTable, in: bytes))
    #expect(!absent.isDefined && absent.binding == .weak && absent.visibility == .default)
    #expect(try symbol("abse", of: .dynamicSymbolTable, in: bytes) == nil)
  }

  @Test func refusesNamesThatDoNotEnd() throws {
    let original = try Fixture.bytes("module.o")
    let file = try ELFFile(original.raw)
    let names = try file.sectionHeader(at: file.header.sectionNamesIndex)
    let last = Int(names.offset + names.byteCount) - 1
    #expect(original[last] == 0)
    var bytes = original
    bytes[last] = 0x41
    let error = walkError(bytes)
    guard case .unterminatedString = error else {
      Issue.record("not an unterminated string: \(String(describing: error))")
      return
    }
  }

  private func symbol(
    _ name: String, of type: SectionType, in bytes: [UInt8]
  ) throws -> Symbol? {
    let file = try ELFFile(bytes.raw)
    let section = try #require(try file.section(ofType: type))
    let symbols = try file.symbolTable(section)
    let name = Array(name.utf8)
    for index in 0..<symbols.count {
      let symbol = try symbols.symbol(at: index)
      if symbols.isNamed(symbol, name.span) { return symbol }
    }
    return nil
  }
}
