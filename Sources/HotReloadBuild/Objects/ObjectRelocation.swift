import HotReloadELF

/// One relocation of an object file, of a section that occupies memory.
struct ObjectRelocation {
  /// `ELF32_R_TYPE(r_info)`.
  var type: UInt8
  /// What the code refers to.
  var symbol: NamedSymbol
  /// Index of the section that refers.
  var section: UInt32
  /// Where in that section.
  var offset: UInt32

  /// The function in which it lies.
  func function(in symbols: [NamedSymbol]) -> NamedSymbol? {
    symbols.first { $0.isFunction(at: offset, ofSection: section) }
  }
}

extension ELFFile {
  /// The relocations of all sections that occupy memory: not those of debug information.
  func relocationsOfProgram(
    _ symbols: [NamedSymbol]
  ) throws(ELFError) -> [ObjectRelocation] {
    var found: [ObjectRelocation] = []
    for index in 0..<(try sectionCount) {
      let section = try sectionHeader(at: index)
      guard section.type == .relocationsWithAddend || section.type == .relocations,
        try sectionHeader(link: section.info).flags.isAllocated
      else { continue }
      let table = try relocations(section)
      for entryIndex in 0..<table.count {
        let entry = try table.entry(at: entryIndex)
        guard entry.symbol < symbols.count else { throw .noSuchIndex(entry.symbol) }
        found.append(
          ObjectRelocation(
            type: entry.type, symbol: symbols[Int(entry.symbol)], section: section.info,
            offset: entry.offset))
      }
    }
    return found
  }
}
