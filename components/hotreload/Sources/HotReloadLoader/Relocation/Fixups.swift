import HotReloadELF

/// Walks all fixups of an image in the order of its tables, each checked before it is delivered.
struct Fixups: ~Escapable {
  private let file: ELFFile
  private let tables: ModuleTables
  private var relative: RelativeRelocations
  private var oddPosition: UInt32 = 0
  private var relocationIndex: UInt32 = 0
  /// The segment that held the last fixup: the next one is likely to be there as well.
  private var segment: ProgramHeader?

  @_lifetime(copy image)
  init(_ image: ModuleImage) {
    file = image.file
    tables = image.tables
    relative = image.tables.relative
  }

  /// The next fixup, nil after the last.
  @_lifetime(self: copy self)
  mutating func nextFixup() throws(LoaderError) -> Fixup? {
    if let address = try elf(relative.nextAddress()) {
      guard address & 3 == 0 else { throw .misalignedFixup(address: address) }
      return Fixup(blockOffset: try blockOffset(address), value: .inPlaceBiased)
    }
    if oddPosition < tables.odd.count {
      let address = try elf(tables.odd.word(at: oddPosition))
      oddPosition &+= 4
      return Fixup(blockOffset: try blockOffset(address), value: .inPlaceBiased)
    }
    while let relocation = try nextRelocation() {
      if let value = try self.value(of: relocation) {
        return Fixup(blockOffset: try blockOffset(relocation.offset), value: value)
      }
    }
    return nil
  }

  /// The next entry of `DT_RELA`, then of `DT_JMPREL`.
  @_lifetime(self: copy self)
  private mutating func nextRelocation() throws(LoaderError) -> RelocationEntry? {
    let index = relocationIndex
    guard index < tables.relocations.count &+ tables.jumpSlots.count else { return nil }
    relocationIndex &+= 1
    return index < tables.relocations.count
      ? try elf(tables.relocations.entry(at: index))
      : try elf(tables.jumpSlots.entry(at: index &- tables.relocations.count))
  }

  /// The value that a relocation asks for, nil if it needs no action.
  private func value(of relocation: RelocationEntry) throws(LoaderError) -> FixupValue? {
    switch RISCVRelocation.kind(relocation.type) {
    case .none: return nil
    case .relative: return RISCVRelocation.relative(relocation.addend)
    case .symbolic: return RISCVRelocation.symbolic(try symbol(of: relocation), relocation.addend)
    case .jumpSlot: return RISCVRelocation.jumpSlot(try symbol(of: relocation))
    case .unsupported:
      throw .unsupportedRelocation(
        type: relocation.type, address: relocation.offset, symbol: name(of: relocation))
    }
  }

  /// `S` of a relocation; throws `undefinedSymbol`.
  private func symbol(of relocation: RelocationEntry) throws(LoaderError) -> SymbolValue {
    // gABI, "Relocation": index STN_UNDEF stands for the value 0.
    guard relocation.symbol != 0 else { return .absolute(0) }
    let symbol = try elf(tables.symbols.symbol(at: relocation.symbol))
    if symbol.section == .absolute { return .absolute(symbol.value) }
    if symbol.isDefined { return .address(symbol.value) }
    if symbol.binding == .weak { return .absolute(0) }
    throw .undefinedSymbol(address: relocation.offset, symbol: name(of: relocation))
  }

  /// The name of a relocation's symbol, for an error: empty if it has none.
  private func name(of relocation: RelocationEntry) -> SymbolName {
    guard relocation.symbol != 0, let symbol = try? tables.symbols.symbol(at: relocation.symbol)
    else {
      return SymbolName()
    }
    do throws(ELFError) { return SymbolName(try tables.symbols.name(of: symbol)) } catch {
      return SymbolName()
    }
  }

  /// Where in the block the word at `address` is; throws `fixupOutsideData` unless its four bytes lie in
  /// the file part of one writable segment.
  @_lifetime(self: copy self)
  private mutating func blockOffset(_ address: UInt32) throws(LoaderError) -> UInt32 {
    // Writable segments lie in the block where they were linked: code that is written elsewhere than
    // it is executed was refused with the layout.
    if let segment, segment.holdsInFile(address, count: 4) { return address }
    var segments = file.programHeaders
    while let candidate = segments.next() {
      if candidate.type == .load, candidate.flags.isWritable,
        candidate.holdsInFile(address, count: 4)
      {
        segment = candidate
        return address
      }
    }
    throw .fixupOutsideData(address: address)
  }
}
