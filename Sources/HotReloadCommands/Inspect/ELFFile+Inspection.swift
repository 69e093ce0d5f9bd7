import HotReloadELF

// What a linked file says of itself, for people: read by its section headers, or, where it has none, by its
// dynamic section.
extension ELFFile {
  /// How many relocations of each type there are.
  func fixupCounts() throws(ELFError) -> [Inspection.FixupCount] {
    let machine = header.machine
    var counts: [Inspection.FixupCount] = []
    try forEachRelocationTable { name, isForLoader, table throws(ELFError) in
      var types: [UInt8: Int] = [:]
      for index in 0..<table.count { types[try table.entry(at: index).type, default: 0] += 1 }
      counts += types.sorted { $0.key < $1.key }.map { type, count in
        Inspection.FixupCount(
          kind: Self.relocation(type, of: machine), table: name, isForLoader: isForLoader,
          count: count)
      }
    }
    let relative = try relativeCount()
    if relative > 0 {
      counts.append(
        Inspection.FixupCount(kind: "RELR", table: "DT_RELR", isForLoader: true, count: relative))
    }
    return counts
  }

  private static func relocation(_ type: UInt8, of machine: Machine) -> String {
    switch machine {
    case .riscv: RISCVText.relocation(type)
    case .xtensa: XtensaText.relocation(type)
    default: "type \(type)"
    }
  }

  /// What the dynamic symbols offer and need. Absolute symbols are imports that the link has bound already.
  func linkSymbols() throws(ELFError) -> (
    exports: [Inspection.Export], imports: [Inspection.Import]
  ) {
    var exports: [Inspection.Export] = []
    var imports: [Inspection.Import] = []
    var positions: [UInt32: Int] = [:]
    guard let table = try dynamicSymbols() else { return ([], []) }
    for index in 0..<table.count where index > 0 {
      let symbol = try table.symbol(at: index)
      guard symbol.binding != .local else { continue }
      let name = Inspection.text(try table.name(of: symbol))
      if !symbol.isDefined || symbol.section == .absolute {
        positions[index] = imports.count
        imports.append(
          Inspection.Import(
            name: name, isWeak: symbol.binding == .weak,
            address: symbol.isDefined ? symbol.value : nil, words: []))
      } else if symbol.type == .function, symbol.binding == .global, symbol.visibility == .default {
        exports.append(Inspection.Export(name: name, address: symbol.value))
      }
    }
    try forEachRelocationTable { _, isForLoader, table throws(ELFError) in
      guard isForLoader else { return }
      for index in 0..<table.count {
        let relocation = try table.entry(at: index)
        guard let position = positions[relocation.symbol] else { continue }
        imports[position].words.append(
          Inspection.Import.Word(address: relocation.offset, addend: relocation.addend))
      }
    }
    exports.sort { ($0.name ?? "").utf8.lexicographicallyPrecedes(($1.name ?? "").utf8) }
    imports.sort { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
    return (exports, imports)
  }

  /// The word at a virtual address: 0 where the loader clears memory; nil where there is none.
  func word(at address: UInt32) throws(ELFError) -> UInt32? {
    var headers = programHeaders
    while let header = headers.next() {
      guard header.type == .load, address >= header.virtualAddress,
        header.memorySize >= 4, address - header.virtualAddress <= header.memorySize - 4
      else { continue }
      guard header.holdsInFile(address, count: 4) else { return 0 }
      return try contents(address: address, count: 4).word(at: 0)
    }
    return nil
  }

  /// Calls `body` with the name of each relocation table, whether a loader reads it, and the table.
  private func forEachRelocationTable(
    _ body: (String, Bool, borrowing RelocationTable) throws(ELFError) -> Void
  ) throws(ELFError) {
    for index in 0..<(try sectionCount) {
      let section = try sectionHeader(at: index)
      guard section.type == .relocationsWithAddend || section.type == .relocations else { continue }
      let name = Inspection.text(try name(of: section))
      try body(name, section.flags.isAllocated, relocations(section))
    }
    guard try sectionCount == 0, let dynamic = try dynamicSection() else { return }
    try body("DT_RELA", true, table(dynamic.relocations))
    try body("DT_JMPREL", true, table(dynamic.jumpSlots))
  }

  @_lifetime(copy self)
  private func table(_ range: DynamicSection.Table) throws(ELFError) -> RelocationTable {
    try RelocationTable(entries: contents(of: range), form: .explicitAddend)
  }

  /// Number of words that RELR tables name.
  private func relativeCount() throws(ELFError) -> Int {
    var count = 0
    if try sectionCount > 0 {
      guard let section = try section(ofType: .relativeRelocations) else { return 0 }
      count += try RelativeRelocations(contents(of: section)).count()
    } else if let dynamic = try dynamicSection() {
      count += try RelativeRelocations(contents(of: dynamic.relativeRelocations)).count()
    }
    return count
  }

  @_lifetime(copy self)
  private func dynamicSymbols() throws(ELFError) -> SymbolTable? {
    if try sectionCount > 0 {
      guard let section = try section(ofType: .dynamicSymbolTable) else { return nil }
      return try symbolTable(section)
    }
    guard let dynamic = try dynamicSection() else { return nil }
    return try symbolTable(dynamic)
  }

  private func dynamicSection() throws(ELFError) -> DynamicSection? {
    guard let segment = programHeader(ofType: .dynamic) else { return nil }
    return try DynamicSection(contents(of: segment))
  }
}

extension RelativeRelocations {
  /// Number of words that the table names; throws `relrWithoutAddress`.
  consuming func count() throws(ELFError) -> Int {
    var count = 0
    while try nextAddress() != nil { count += 1 }
    return count
  }
}
