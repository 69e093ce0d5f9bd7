import HotReloadELF

extension ModuleTables {
  /// Number of relocations in `DT_RELA` and `DT_JMPREL`.
  var relocationCount: UInt32 { relocations.count &+ jumpSlots.count }

  /// Relocation `index`, those of `DT_RELA` first; throws `noSuchIndex`.
  func relocation(at index: UInt32) throws(ELFError) -> RelocationEntry {
    index < relocations.count
      ? try relocations.entry(at: index)
      : try jumpSlots.entry(at: index &- relocations.count)
  }

  /// The value that a relocation asks for, nil if it needs no action; throws `unsupportedRelocation` or
  /// `undefinedSymbol`.
  @inline(never)
  func value(of relocation: RelocationEntry) throws(LoaderError) -> FixupValue? {
    switch RISCVRelocation.kind(relocation.type) {
    case .none: return nil
    case .relative: return RISCVRelocation.relative(relocation.addend)
    case .symbolic: return RISCVRelocation.symbolic(try symbol(of: relocation), relocation.addend)
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
    let symbol = try elf(symbols.symbol(at: relocation.symbol))
    if symbol.section == .absolute { return .absolute(symbol.value) }
    if symbol.isDefined { return .address(symbol.value) }
    if symbol.binding == .weak { return .absolute(0) }
    throw .undefinedSymbol(address: relocation.offset, symbol: relocation.symbol)
  }
}
