import HotReloadELF

/// What a linked module keeps over a reload: the variables of the section `.hotreload.keep` (`HOTRELOAD_KEEP`).
///
/// The symbol table says which they are, the debug information what they are.
struct KeptState: Equatable, Sendable {
  /// The section of `HOTRELOAD_KEEP`.
  static let section = ".hotreload.keep"

  /// Ascending by address.
  private(set) var variables: [KeptVariable] = []
  /// Whole lines: pointers that the next module would inherit.
  private(set) var warnings: [String] = []

  /// Reads and checks them.
  ///
  /// - Parameters:
  ///   - bytes: the shared object with symbols and debug information.
  ///   - fixups: addresses of words that hold an address of the module.
  /// - Throws: `badKeptVariable` naming the variable, `badDebugInformation`, `malformedELF`.
  init(_ bytes: [UInt8], path: String, fixups: [UInt32]) throws(BuildFailure) {
    let file: ELFFile
    let symbols: [NamedSymbol]
    do throws(ELFError) {
      file = try ELFFile(bytes.span.raw)
      guard let found = try file.keptSymbols() else { return }
      symbols = found
    } catch {
      throw .malformed(path, error)
    }
    if let function = symbols.first(where: { $0.symbol.type == .function }) {
      throw BuildFailure(
        .buildFailed, .badKeptVariable, "'\(function.name)' is a function",
        hint: "HOTRELOAD_KEEP is for variables")
    }
    let sections = try DebugSections(file, path: path)
    var described: [KeptDescription] = []
    do throws(DWARFError) {
      let information = try DebugInformation(sections)
      described = try KeptDescription.all(of: symbols, in: information)
    } catch {
      throw .badDebugInformation(path, error)
    }
    if let unknown = symbols.first(where: { symbol in
      !described.contains { $0.symbol == symbol }
    }) {
      throw BuildFailure(
        .buildFailed, .badKeptVariable,
        "\(path): no debug information describes the kept variable '\(unknown.name)'",
        hint: "compile the module with -g (not -gsplit-dwarf), and mark variables with "
          + "HOTRELOAD_KEEP only")
    }
    let names = try KeptName.texts(described.map { $0.name })
    for (description, name) in zip(described, names) {
      try description.check(name, fixups: fixups)
      variables.append(
        KeptVariable(
          name: name, layout: description.layout.hash, address: description.symbol.symbol.value,
          size: description.symbol.symbol.byteCount))
      if let warning = description.pointerWarning(name) { warnings.append(warning) }
    }
  }
}

extension ELFFile {
  /// The symbols of the kept section, one an address, ascending; nil if there is no such section.
  func keptSymbols() throws(ELFError) -> [NamedSymbol]? {
    let wanted = Array(KeptState.section.utf8)
    var section: UInt16?
    for index in 0..<(try sectionCount) where section == nil {
      let header = try sectionHeader(at: index)
      if header.byteCount > 0, try name(of: header).isEqual(to: wanted.span) { section = index }
    }
    guard let section else { return nil }
    var symbols: [UInt32: NamedSymbol] = [:]
    for named in try namedSymbols(.symbolTable)
    where named.symbol.section.rawValue == section && named.isVariableOrFunction {
      // Aliases are one variable.
      if symbols[named.symbol.value] == nil { symbols[named.symbol.value] = named }
    }
    return symbols.values.sorted { $0.symbol.value < $1.symbol.value }
  }
}

extension NamedSymbol {
  /// Not a marker of the assembler (`$d`) or the compiler (`.L…`).
  fileprivate var isVariableOrFunction: Bool {
    (symbol.type == .object || symbol.type == .function) && symbol.byteCount > 0
      && !name.hasPrefix(".L")
  }
}
