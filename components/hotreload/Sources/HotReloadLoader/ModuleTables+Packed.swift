import HotReloadELF

extension ModuleTables {
  /// The tables in the descriptor of a hotreload note (docs/MODULE-FORMAT.md); throws `codeFixups`,
  /// `outOfBounds`.
  @_lifetime(copy descriptor)
  init(packed descriptor: ByteView, _ manifest: ModuleManifest) throws(LoaderError) {
    let codeFixups = manifest.codeRelativeWordCount | manifest.codeOddFixupCount
    guard codeFixups == 0 else { throw .codeFixups(codeFixups) }
    do throws(ELFError) {
      var offset = UInt32(manifest.headerSize)
      exports = try Self.words(descriptor, &offset, manifest.exportCount)
      relative = try Self.words(descriptor, &offset, manifest.relativeWordCount)
      odd = try Self.words(descriptor, &offset, manifest.oddFixupCount)
      relocations = .empty
      jumpSlots = .empty
      symbols = try SymbolTable(entries: .empty, names: .empty)
    } catch { throw .elf(error) }
  }

  /// `count` words from `offset`, which moves behind them.
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
