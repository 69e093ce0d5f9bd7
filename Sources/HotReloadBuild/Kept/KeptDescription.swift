import HotReloadELF

/// What symbol table and debug information say of one kept variable.
struct KeptDescription: Equatable, Sendable {
  let symbol: NamedSymbol
  let name: KeptName
  let layout: TypeLayout

  /// Describes those of `symbols` that the debug information describes, in their order.
  static func all(
    of symbols: [NamedSymbol], in information: DebugInformation
  ) throws(DWARFError) -> [KeptDescription] {
    let wanted = Set(symbols.map { $0.symbol.value })
    var entries: [UInt32: [DebugEntry]] = [:]
    for offset in information.variables {
      let entry = try information.entry(at: offset)
      if let address = try information.address(of: entry), wanted.contains(address) {
        entries[address, default: []].append(entry)
      }
    }
    var described: [KeptDescription] = []
    for symbol in symbols {
      guard let candidates = entries[symbol.symbol.value],
        let entry = try choose(candidates, symbol.name, information)
      else { continue }
      described.append(
        KeptDescription(
          symbol: symbol, name: try KeptName(entry, symbol: symbol.name, in: information),
          layout: try TypeLayoutReader.layout(of: entry, in: information)))
    }
    return described
  }

  /// Linkers leave variables that they dropped at address 0, where another may lie: its symbol has its name in it.
  private static func choose(
    _ candidates: [DebugEntry], _ symbol: String, _ information: DebugInformation
  ) throws(DWARFError) -> DebugEntry? {
    for candidate in candidates {
      if let name = try information.name(of: candidate), symbol.contains(name) { return candidate }
    }
    return nil
  }

  // MARK: - What a kept variable may be

  /// - Throws: `badKeptVariable`.
  func check(_ name: String, fixups: [UInt32]) throws(BuildFailure) {
    func refuse(_ why: String, _ hint: String) -> BuildFailure {
      BuildFailure(
        .buildFailed, .badKeptVariable, "kept variable '\(name)' \(why)", hint: hint)
    }
    if layout.isConstant {
      throw refuse("is const", "nothing changes it: remove HOTRELOAD_KEEP, or const")
    }
    if let obstacle = layout.obstacle {
      let type = "'\(obstacle.type)', which is not trivially copyable"
      throw refuse(
        obstacle.path.isEmpty
          ? "has the type \(type)" : "has a member '\(obstacle.path)' of the type \(type)",
        "it has a virtual function or base, or a copy constructor, move constructor or destructor "
          + "of its own: keep plain data, and make the object from it in HOTRELOAD_ON_LOAD")
    }
    let start = symbol.symbol.value
    if let fixup = fixups.first(where: { $0 >= start && $0 - start < symbol.symbol.byteCount }) {
      let member = layout.pointers.first { $0.offset == UInt64(fixup - start) && !$0.path.isEmpty }
      throw refuse(
        "begins with an address of the module"
          + (member.map { ", in the member '\($0.path)'" } ?? ""),
        "the next module lies elsewhere: set the pointer in HOTRELOAD_ON_LOAD, in a variable that "
          + "is not kept")
    }
  }

  /// A line that names the pointers in the variable; nil if there are none.
  func pointerWarning(_ name: String) -> String? {
    guard let first = layout.pointers.first else { return nil }
    let members = layout.pointers.map { "'\($0.path)'" }.joined(separator: ", ")
    let what =
      if first.path.isEmpty { "is a pointer" } else {
        layout.pointers.count == 1 ? "has the pointer \(members)" : "has the pointers \(members)"
      }
    return "warning: kept variable '\(name)' \(what): a pointer into the module would point to "
      + "memory that is no longer its own after a reload\n"
  }
}
