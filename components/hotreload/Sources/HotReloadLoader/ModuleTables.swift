import HotReloadELF

/// The tables of an image: its exports, and which of its words have to be fixed. Packed images and plain
/// shared objects differ in which of them are empty.
struct ModuleTables: ~Escapable {
  /// Exports with an index, a word each: the virtual address.
  let exports: ByteView
  /// Words that need the bias, that of the data where there are two.
  let inPlace: InPlaceFixups
  /// Words that need the bias of the code, where there are two.
  let codeInPlace: InPlaceFixups
  /// Kept variables, 16 bytes each: offset of the name in `keptNames`, layout hash, virtual address, size.
  let kept: ByteView
  /// Their names, each with a NUL.
  let keptNames: ByteView
  /// `DT_RELA`.
  let relocations: RelocationTable
  /// `DT_JMPREL`.
  let jumpSlots: RelocationTable
  /// What relocations refer to, and exports with a name.
  let symbols: SymbolTable

  /// The tables behind the header of a hotreload note (docs/MODULE-FORMAT.md); throws `outOfBounds` or `badEntrySize`.
  @_lifetime(copy descriptor)
  init(packed descriptor: ByteView, _ manifest: borrowing ModuleManifest) throws(ELFError) {
    var offset = UInt32(manifest.headerSize)
    exports = try Self.words(descriptor, &offset, manifest.exportCount)
    inPlace = try Self.fixups(
      descriptor, &offset, manifest.relativeWordCount, odd: manifest.oddFixupCount)
    codeInPlace = try Self.fixups(
      descriptor, &offset, manifest.codeRelativeWordCount, odd: manifest.codeOddFixupCount)
    guard manifest.keptCount <= descriptor.count / KeptRecord.size else {
      throw .outOfBounds(offset)
    }
    kept = try Self.words(descriptor, &offset, manifest.keptCount &* 4)
    guard manifest.keptNamesSize & 3 == 0 else { throw .badEntrySize(manifest.keptNamesSize) }
    keptNames = try Self.words(descriptor, &offset, manifest.keptNamesSize / 4)
    relocations = try RelocationTable(entries: .empty, form: .explicitAddend)
    jumpSlots = relocations
    symbols = try SymbolTable(entries: .empty, names: .empty)
  }

  /// The tables that the dynamic section of a plain shared object names; throws `badDynamicEntry`,
  /// `addressNotInFile`, `outOfBounds` or `badEntrySize`.
  @_lifetime(copy file)
  init(plain file: ELFFile, _ segment: ProgramHeader) throws(ELFError) {
    let dynamic = try DynamicSection(file.contents(of: segment))
    exports = .empty
    inPlace = InPlaceFixups(
      try RelativeRelocations(file.contents(of: dynamic.relativeRelocations)), odd: .empty)
    codeInPlace = InPlaceFixups(try RelativeRelocations(.empty), odd: .empty)
    kept = .empty
    keptNames = .empty
    relocations = try RelocationTable(
      entries: file.contents(of: dynamic.relocations), form: .explicitAddend)
    jumpSlots = try RelocationTable(
      entries: file.contents(of: dynamic.jumpSlots), form: .explicitAddend)
    symbols = try file.symbolTable(dynamic)
  }

  /// `count` words of RELR and `odd` addresses from `offset`, which moves behind them.
  @_lifetime(copy descriptor)
  private static func fixups(
    _ descriptor: ByteView, _ offset: inout UInt32, _ count: UInt32, odd: UInt32
  ) throws(ELFError) -> InPlaceFixups {
    let relative = try RelativeRelocations(words(descriptor, &offset, count))
    return InPlaceFixups(relative, odd: try words(descriptor, &offset, odd))
  }

  /// `count` words from `offset`, which moves behind them.
  @inline(never)
  @_lifetime(copy descriptor)
  private static func words(
    _ descriptor: ByteView, _ offset: inout UInt32, _ count: UInt32
  ) throws(ELFError) -> ByteView {
    guard count <= descriptor.count / 4 else { throw .outOfBounds(offset) }
    let start = offset
    offset &+= count &* 4
    return try descriptor.slice(at: start, count: count &* 4)
  }
}
