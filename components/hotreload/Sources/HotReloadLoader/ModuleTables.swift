import HotReloadELF

/// The tables of an image: its exports, and which of its words have to be fixed. Packed images and plain
/// shared objects differ in which of them are empty.
struct ModuleTables: ~Escapable {
  /// Exports with an index, a word each: the virtual address.
  private(set) var exports: ByteView
  /// RELR: words that need the bias, that of the data where there are two.
  private(set) var relative: RelativeRelocations
  /// Addresses, a word each, of words that need it and may lie at any address.
  private(set) var odd: ByteView
  /// Kept variables, 16 bytes each: offset of the name in `keptNames`, layout hash, virtual address, size.
  private(set) var kept: ByteView
  /// Their names, each with a NUL.
  private(set) var keptNames: ByteView
  /// `DT_RELA`.
  private(set) var relocations: RelocationTable
  /// `DT_JMPREL`.
  private(set) var jumpSlots: RelocationTable
  /// What relocations refer to, and exports with a name.
  private(set) var symbols: SymbolTable

  /// No tables. They are read into their place afterwards: an initializer that throws makes them elsewhere first, and then
  /// copies them field by field.
  @_lifetime(immortal)
  init() {
    exports = .empty
    relative = RelativeRelocations()
    odd = .empty
    kept = .empty
    keptNames = .empty
    relocations = RelocationTable()
    jumpSlots = RelocationTable()
    symbols = SymbolTable()
  }

  /// The tables behind the header of a hotreload note (docs/MODULE-FORMAT.md); throws `outOfBounds` or `badEntrySize`.
  @inline(never)
  @_lifetime(self: copy descriptor)
  mutating func read(
    packed descriptor: ByteView, _ manifest: borrowing ModuleManifest
  ) throws(ELFError) {
    var offset = UInt32(manifest.headerSize)
    exports = try Self.words(descriptor, &offset, manifest.exportCount)
    relative = try RelativeRelocations(
      Self.words(descriptor, &offset, manifest.relativeWordCount))
    odd = try Self.words(descriptor, &offset, manifest.oddFixupCount)
    if ModuleManifest.mayHaveCodeFixups {
      // They are read when it is their turn.
      _ = try Self.words(descriptor, &offset, manifest.codeRelativeWordCount)
      _ = try Self.words(descriptor, &offset, manifest.codeOddFixupCount)
    }
    guard manifest.keptCount <= descriptor.count / KeptRecord.size else {
      throw .outOfBounds(offset)
    }
    kept = try Self.words(descriptor, &offset, manifest.keptCount &* 4)
    guard manifest.keptNamesSize & 3 == 0 else { throw .badEntrySize(manifest.keptNamesSize) }
    keptNames = try Self.words(descriptor, &offset, manifest.keptNamesSize / 4)
  }

  /// The tables that the dynamic section of a plain shared object names; throws `badDynamicEntry`,
  /// `addressNotInFile`, `outOfBounds` or `badEntrySize`.
  @inline(never)
  @_lifetime(self: copy file)
  mutating func read(plain file: ELFFile, _ segment: ProgramHeader) throws(ELFError) {
    let dynamic = try DynamicSection(file.contents(of: segment))
    relative = try RelativeRelocations(file.contents(of: dynamic.relativeRelocations))
    relocations = try RelocationTable(
      entries: file.contents(of: dynamic.relocations), form: .explicitAddend)
    jumpSlots = try RelocationTable(
      entries: file.contents(of: dynamic.jumpSlots), form: .explicitAddend)
    symbols = try file.symbolTable(dynamic)
  }

  /// RELR or, for `isOdd`, the addresses of the words that need the bias of the code; throws nothing that `init` did not.
  @inline(never)
  @_lifetime(copy manifest)
  static func codeFixups(
    _ manifest: borrowing ModuleManifest, isOdd: Bool
  ) throws(ELFError) -> ByteView {
    let before = manifest.exportCount &+ manifest.relativeWordCount &+ manifest.oddFixupCount
    var offset = UInt32(manifest.headerSize) &+ before &* 4
    let relative = try words(manifest.note, &offset, manifest.codeRelativeWordCount)
    return isOdd ? try words(manifest.note, &offset, manifest.codeOddFixupCount) : relative
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
