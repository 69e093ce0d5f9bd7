import HotReloadELF

/// A symbol and its name.
struct NamedSymbol: Equatable, Sendable {
  var name: String
  var symbol: Symbol
}

extension ELFFile {
  /// All symbols of the first section of `type`; symbol 0 is included, so that indexes are those of
  /// relocations. Empty if there is no such section.
  func namedSymbols(_ type: SectionType) throws(ELFError) -> [NamedSymbol] {
    guard let section = try section(ofType: type) else { return [] }
    let table = try symbolTable(section)
    var symbols: [NamedSymbol] = []
    symbols.reserveCapacity(Int(table.count))
    for index in 0..<table.count {
      let symbol = try table.symbol(at: index)
      symbols.append(NamedSymbol(name: try table.name(of: symbol).text, symbol: symbol))
    }
    return symbols
  }
}
