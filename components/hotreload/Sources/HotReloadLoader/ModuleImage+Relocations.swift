import HotReloadELF

extension ModuleImage {
  /// The value that a relocation asks for, nil if it needs no action; throws `unsupportedRelocation` or
  /// `undefinedSymbol`.
  @inline(never)
  func value(of relocation: RelocationEntry) throws(LoaderError) -> FixupValue? {
    let isXtensa = file.isXtensa
    switch isXtensa
      ? XtensaRelocation.kind(relocation.type) : RISCVRelocation.kind(relocation.type)
    {
    case .none: return nil
    case .relative:
      return isXtensa
        ? XtensaRelocation.relative(relocation.addend) : RISCVRelocation.relative(relocation.addend)
    case .symbolic:
      let symbol = try symbol(of: relocation)
      return isXtensa
        ? XtensaRelocation.symbolic(symbol, relocation.addend)
        : RISCVRelocation.symbolic(symbol, relocation.addend)
    case .jumpSlot: return RISCVRelocation.jumpSlot(try symbol(of: relocation))
    case .unsupported:
      throw .unsupportedRelocation(
        address: relocation.offset, info: relocation.symbol << 8 | UInt32(relocation.type))
    }
  }

  /// `S` of a relocation; throws `undefinedSymbol`.
  @inline(never)
  private func symbol(of relocation: RelocationEntry) throws(LoaderError) -> SymbolValue {
    // gABI, "Relocation": index STN_UNDEF stands for the value 0.
    guard relocation.symbol != 0 else { return .absolute(0) }
    let symbol = try elf(tables.symbols.symbol(at: relocation.symbol))
    if symbol.section == .absolute { return .absolute(symbol.value) }
    if symbol.isDefined { return .address(symbol.value) }
    if symbol.binding == .weak { return .absolute(0) }
    throw .undefinedSymbol(address: relocation.offset, symbol: relocation.symbol)
  }
}
