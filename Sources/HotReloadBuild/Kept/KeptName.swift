/// What makes a kept variable the same in two modules: the name that the source gives it, whatever the compiler
/// made of it.
struct KeptName: Equatable, Sendable {
  /// `count`, `net::count`, `Queue::shared`; for a variable of a function `tick::count`.
  private let qualified: String
  /// Source file as the compiler was given it.
  private let file: String

  /// - Parameter symbol: as the symbol table has it; it names the function where debug information does not.
  init(
    _ variable: DebugEntry, symbol: String, in information: DebugInformation
  ) throws(DWARFError) {
    let name = try information.name(of: variable) ?? symbol
    let scopes = try information.scopes(of: variable)
    file = try information.sourceFile(of: variable) ?? ""
    qualified = (Self.path(scopes, variable: name, symbol: symbol) + [name]).joined(separator: "::")
  }

  private static func path(
    _ scopes: [DebugScope], variable: String, symbol: String
  ) -> [String] {
    guard scopes.contains(where: { $0.isFunction }) else {
      return scopes.map { $0.name ?? ($0.isNamespace ? "(anonymous namespace)" : "(unnamed)") }
    }
    // clang names the function of a variable only as long as it is not inlined everywhere: in C++ the symbol names it
    // always, in C where clang made it.
    if let local = MangledLocal(symbol, variable: variable) { return local.function }
    if let name = scopes.last(where: { $0.isFunction })?.name { return [name] }
    guard let end = symbol.firstRange(of: ".\(variable)") else { return [symbol] }
    return [String(symbol[..<end.lowerBound])]
  }

  /// One text for each name: the qualified name, behind the name of its file if several variables have that.
  ///
  /// - Throws: `badKeptVariable` naming two that cannot be told apart.
  static func texts(_ names: [KeptName]) throws(BuildFailure) -> [String] {
    let files = Dictionary(grouping: names, by: { $0.qualified })
    let texts = names.map { name in
      files[name.qualified, default: []].count > 1 && !name.file.isEmpty
        ? "\(name.fileName)::\(name.qualified)" : name.qualified
    }
    var known: [UInt32: Int] = [:]
    for (index, text) in texts.enumerated() {
      // The chip knows names by this hash.
      guard let other = known.updateValue(index, forKey: FNV1a.hash(of: text.utf8)) else {
        continue
      }
      throw BuildFailure(
        .buildFailed, .badKeptVariable,
        "the kept variables '\(texts[other])' (\(names[other].file)) and '\(text)' "
          + "(\(names[index].file)) cannot be told apart",
        hint: "rename one of them")
    }
    return texts
  }

  /// Without folders: a build elsewhere makes the same module.
  private var fileName: Substring { file.split(separator: "/").last ?? "" }
}
