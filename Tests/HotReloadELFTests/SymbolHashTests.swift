import TestImages
import HotReloadELF
import Testing

@Suite struct SymbolHashTests {
  @Test(arguments: ["plain.so", "weak.so", "strong.so"])
  func bothTablesAgreeWithTheSection(name: String) throws {
    let bytes = try Fixture.bytes(name)
    let file = try ELFFile(bytes.raw)
    let section = try #require(try file.section(ofType: .dynamicSymbolTable))
    let count = try file.symbolTable(section).count
    let found = file.programHeader(ofType: .dynamic)
    let segment = try #require(found)
    let dynamic = try DynamicSection(file.contents(of: segment))
    #expect(try SymbolHash.symbolCount(hash: file.contents(from: dynamic.hash)) == count)
    #expect(try SymbolHash.symbolCount(gnuHash: file.contents(from: dynamic.gnuHash)) == count)
    #expect(try file.symbolTable(dynamic).count == count)
  }

  @Test(
    arguments: [
      (words: [], error: ELFError.outOfBounds(0)),
      ([1, 1, 0xFFFF_FFFF, 0], .outOfBounds(0xFFFF_FFFF)),
      ([0xFFFF_FFFF, 1, 0, 0], .outOfBounds(0)),
      ([2, 1, 1, 0, 0, 5], .outOfBounds(6)),
      ([1, 1, 1, 0, 0, 9, 0, 0], .outOfBounds(9)),
      ([1, 1, 1, 0, 0, 1, 0, 0], .outOfBounds(3)),
    ] as [(words: [UInt32], error: ELFError)])
  func refusesTablesThatLeadOutside(words: [UInt32], error: ELFError) {
    let bytes = [UInt8](words: words)
    #expect(throws: error) { try SymbolHash.symbolCount(gnuHash: ByteView(bytes.raw)) }
  }

  @Test func countsTheUnhashedWhereNothingIsHashed() throws {
    let bytes = [UInt8](words: [1, 7, 1, 0, 0, 0])
    #expect(try SymbolHash.symbolCount(gnuHash: ByteView(bytes.raw)) == 7)
  }
}
