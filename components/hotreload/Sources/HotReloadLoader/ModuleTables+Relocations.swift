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
}
