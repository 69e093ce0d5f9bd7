/// The symbol of a C++ function's own static variable: `_ZZ`, the function, `E`, the variable (Itanium C++ ABI, section
/// 5.1.6, "Scope Encoding").
struct MangledLocal: Equatable, Sendable {
  /// Namespaces, classes and name of the function; its mangled name if that is no plain one (operators,
  /// constructors, templates).
  let function: [String]

  /// Nil unless `symbol` is that of a function's variable of this name.
  init?(_ symbol: String, variable: String) {
    let entity = "E\(variable.utf8.count)\(variable)"
    guard symbol.hasPrefix("_ZZ"), let end = symbol.ranges(of: entity).last else { return nil }
    let encoding = symbol[..<end.lowerBound].dropFirst(3)
    function = Self.names(encoding) ?? ["_Z\(encoding)"]
  }

  /// The names at the beginning of an encoding, if they are plain ones; parameter types follow.
  private static func names(_ encoding: Substring) -> [String]? {
    // Lengths count bytes: in ASCII, characters.
    guard encoding.allSatisfy({ $0.isASCII }) else { return nil }
    var rest = encoding
    let isNested = rest.first == "N"
    if isNested {
      // Qualifiers of a member function: const, volatile, &.
      rest = rest.dropFirst().drop { "rVKRO".contains($0) }
    }
    var names: [String] = []
    repeat {
      // Internal linkage.
      if rest.first == "L" { rest = rest.dropFirst() }
      let digits = rest.prefix { $0.isNumber }
      rest = rest.dropFirst(digits.count)
      guard let count = Int(digits), count <= rest.count else { return nil }
      let name = rest.prefix(count)
      rest = rest.dropFirst(count)
      names.append(name.hasPrefix("_GLOBAL__N") ? "(anonymous namespace)" : String(name))
    } while isNested && rest.first != "E"
    // Template arguments.
    return rest.first == "I" ? nil : names
  }
}
