import HotReloadELF

/// A symbol and its name.
struct NamedSymbol: Equatable, Sendable {
  var name: String
  var symbol: Symbol

  /// Whether other files may use it (gABI, "Symbol Visibility"). Swift protects what implements a header
  /// (`@c @implementation`).
  var isVisible: Bool { symbol.visibility == .default || symbol.visibility == .protected }

  /// Whether it is the function at `offset` of a section of an object file.
  func isFunction(at offset: UInt32, ofSection section: UInt32) -> Bool {
    symbol.type == .function && UInt32(symbol.section.rawValue) == section
      && offset >= symbol.value && offset - symbol.value < symbol.byteCount
  }

  /// Whether it is a name of Swift's own, which no firmware knows (swift/docs/ABI/Mangling.rst: `$s`, in
  /// Embedded Swift `$e`).
  var isSwift: Bool { name.hasPrefix("$e") || name.hasPrefix("$s") }

  /// Whether linkers read a version in the name, be it in quotes: `name@V1`, `name@@V1`.
  var hasVersion: Bool { name.utf8.contains(UInt8(ascii: "@")) }

  /// Whether C++ makes it for a class: virtual table, type information and its name (Itanium C++ ABI, 5.1.4.1 "Virtual
  /// Tables and RTTI"). Nobody wrote it, nobody can make it static.
  var isTypeInformation: Bool {
    ["_ZTV", "_ZTI", "_ZTS", "_ZTT"].contains { name.hasPrefix($0) }
  }
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
