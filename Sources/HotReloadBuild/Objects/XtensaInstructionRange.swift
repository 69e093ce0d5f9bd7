import HotReloadELF

/// Where an Xtensa object file has instructions one after the other: literals and padding lie between.
struct XtensaInstructionRange: Equatable {
  /// Index of the section.
  let section: UInt32
  /// Where the instructions begin.
  let start: UInt32
  /// Their bytes.
  let byteCount: UInt32
}

extension ELFFile {
  /// What GNU's assembler says in its property tables (`.xt.prop`); else the functions: LLVM puts nothing between their
  /// instructions.
  func xtensaInstructionRanges(
    _ symbols: [NamedSymbol]
  ) throws(ELFError) -> [XtensaInstructionRange] {
    var ranges: [XtensaInstructionRange] = []
    for index in 0..<(try sectionCount) {
      let section = try sectionHeader(at: index)
      guard section.type == .relocationsWithAddend else { continue }
      let target = try sectionHeader(link: section.info)
      guard try name(of: target).text.hasPrefix(".xt.prop") else { continue }
      let table = try contents(of: target)
      let addresses = try relocations(section)
      for entryIndex in 0..<addresses.count {
        let entry = try addresses.entry(at: entryIndex)
        guard entry.symbol < symbols.count else { throw .noSuchIndex(entry.symbol) }
        guard entry.type == XtensaPropertyTable.address else { continue }
        let properties = try table.slice(at: entry.offset, count: XtensaPropertyTable.entrySize)
        guard try properties.word(at: 8) & XtensaPropertyTable.instructions != 0 else { continue }
        let symbol = symbols[Int(entry.symbol)].symbol
        ranges.append(
          XtensaInstructionRange(
            section: UInt32(symbol.section.rawValue),
            start: symbol.value &+ UInt32(bitPattern: entry.addend) &+ (try properties.word(at: 0)),
            byteCount: try properties.word(at: 4)))
      }
    }
    guard ranges.isEmpty else { return ranges }
    return symbols.lazy.map { $0.symbol }.filter { $0.type == .function && $0.isDefined }.map {
      XtensaInstructionRange(
        section: UInt32($0.section.rawValue), start: $0.value, byteCount: $0.byteCount)
    }
  }
}

/// `.xt.prop` (binutils' `include/elf/xtensa.h`, "Property table flags"): address, size and flags, a word each.
private enum XtensaPropertyTable {
  static let entrySize: UInt32 = 12
  /// `XTENSA_PROP_INSN`.
  static let instructions: UInt32 = 2
  /// `R_XTENSA_32`, of the address.
  static let address: UInt8 = 1
}
