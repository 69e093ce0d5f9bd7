import HotReloadELF

extension ModuleTables {
  /// The tables that the dynamic section of a plain shared object names (gABI, "Dynamic Section").
  ///
  /// Throws `badDynamicSection` where one is missing that has to be there or has another form than the
  /// one that is read here, and `addressNotInFile`, `outOfBounds` or `badEntrySize`.
  @_lifetime(copy file)
  init(plain file: ELFFile) throws(LoaderError) {
    guard let segment = try elf(file.programHeader(ofType: .dynamic)) else { throw .notAModule }
    let dynamic: DynamicSection
    do throws(ELFError) { dynamic = DynamicSection(try file.contents(of: segment)) } catch {
      throw .elf(error)
    }
    if try elf(dynamic.value(of: .implicitRelocations)) != nil {
      throw .badDynamicSection(tag: DynamicTag.implicitRelocations.rawValue)
    }
    let jumpSlotsForm = DynamicTag.relocations.rawValue
    try Self.check(dynamic, .jumpSlotsForm, isNoneOr: jumpSlotsForm)
    let entrySize = RelocationTable.Form.explicitAddend.entrySize
    try Self.check(dynamic, .relocationsEntrySize, isNoneOr: entrySize)
    try Self.check(dynamic, .relativeRelocationsEntrySize, isNoneOr: 4)
    try Self.check(dynamic, .symbolEntrySize, isNoneOr: Symbol.size)

    exports = .empty
    odd = .empty
    relocations = try Self.table(file, dynamic, .relocations, size: .relocationsSize)
    jumpSlots = try Self.table(file, dynamic, .jumpSlots, size: .jumpSlotsSize)
    relative = try Self.table(
      file, dynamic, .relativeRelocations, size: .relativeRelocationsSize)
    let names = try Self.table(file, dynamic, .stringTable, size: .stringTableSize)
    let symbols = try Self.required(dynamic, .symbolTable)
    let count = try Self.symbolCount(file, dynamic)
    do throws(ELFError) {
      guard count <= file.bytes.count / Symbol.size else { throw .outOfBounds(symbols) }
      let entries = try file.contents(address: symbols, count: count &* Symbol.size)
      self.symbols = try SymbolTable(entries: entries, names: names)
    } catch { throw .elf(error) }
  }

  /// The bytes of a table; none if the dynamic section does not name it.
  @_lifetime(copy file)
  private static func table(
    _ file: ELFFile, _ dynamic: borrowing DynamicSection, _ tag: DynamicTag, size: DynamicTag
  ) throws(LoaderError) -> ByteView {
    let address = try elf(dynamic.value(of: tag))
    let count = address == nil ? 0 : try required(dynamic, size)
    do throws(ELFError) {
      guard let address, count > 0 else { return .empty }
      return try file.contents(address: address, count: count)
    } catch { throw .elf(error) }
  }

  /// Number of dynamic symbols: by a hash table, or by the string table that linkers put behind them.
  private static func symbolCount(
    _ file: ELFFile, _ dynamic: borrowing DynamicSection
  ) throws(LoaderError) -> UInt32 {
    if let address = try elf(dynamic.value(of: .hash)) {
      return try elf(SymbolHash.symbolCount(hash: file.contents(from: address)))
    }
    if let address = try elf(dynamic.value(of: .gnuHash)) {
      return try elf(SymbolHash.symbolCount(gnuHash: file.contents(from: address)))
    }
    let start = try required(dynamic, .symbolTable)
    let end = try required(dynamic, .stringTable)
    guard end > start else { throw .badDynamicSection(tag: DynamicTag.stringTable.rawValue) }
    return (end &- start) / Symbol.size
  }

  private static func required(
    _ dynamic: borrowing DynamicSection, _ tag: DynamicTag
  ) throws(LoaderError) -> UInt32 {
    guard let value = try elf(dynamic.value(of: tag)) else {
      throw .badDynamicSection(tag: tag.rawValue)
    }
    return value
  }

  private static func check(
    _ dynamic: borrowing DynamicSection, _ tag: DynamicTag, isNoneOr expected: UInt32
  ) throws(LoaderError) {
    guard try elf(dynamic.value(of: tag)) ?? expected == expected else {
      throw .badDynamicSection(tag: tag.rawValue)
    }
  }
}
