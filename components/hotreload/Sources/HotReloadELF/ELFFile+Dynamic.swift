extension ELFFile {
  /// The bytes of a table of the dynamic section, none if it has no size; throws `addressNotInFile` or
  /// `outOfBounds`.
  @inline(never)
  @_lifetime(copy self)
  public func contents(of table: DynamicSection.Table) throws(ELFError) -> ByteView {
    guard table.byteCount > 0 else { return .empty }
    return try contents(address: table.address, count: table.byteCount)
  }

  /// The dynamic symbols; throws `addressNotInFile` or `outOfBounds`.
  @_lifetime(copy self)
  public func symbolTable(_ dynamic: DynamicSection) throws(ELFError) -> SymbolTable {
    let count = try symbolCount(dynamic)
    guard count <= bytes.count / Symbol.size else { throw .outOfBounds(dynamic.symbols) }
    return try SymbolTable(
      entries: contents(address: dynamic.symbols, count: count &* Symbol.size),
      names: contents(of: dynamic.strings))
  }

  /// Number of dynamic symbols: by a hash table, or by the string table that linkers put behind them.
  private func symbolCount(_ dynamic: DynamicSection) throws(ELFError) -> UInt32 {
    if dynamic.hash != 0 {
      return try SymbolHash.symbolCount(hash: contents(from: dynamic.hash))
    }
    if dynamic.gnuHash != 0 {
      return try SymbolHash.symbolCount(gnuHash: contents(from: dynamic.gnuHash))
    }
    guard dynamic.strings.address > dynamic.symbols else {
      throw .badDynamicEntry(DynamicTag.stringTable)
    }
    return (dynamic.strings.address &- dynamic.symbols) / Symbol.size
  }
}
