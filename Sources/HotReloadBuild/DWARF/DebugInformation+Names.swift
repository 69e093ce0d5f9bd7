/// A function, namespace or class that gives a name to what lies in it.
struct DebugScope: Equatable, Sendable {
  var isFunction: Bool
  var isNamespace: Bool
  /// Nil for what has no name, and for functions that a compiler inlined everywhere and did not name again.
  var name: String?
}

extension DebugInformation {
  /// Deeper than any source; a chain of references may be a circle.
  private static let deepestScope = 64

  /// The name of an entry, its own or of the entry that completes it.
  func name(of entry: DebugEntry) throws(DWARFError) -> String? {
    for entry in try chain(from: entry) {
      if let name = try text(.name, of: entry) { return name }
    }
    return nil
  }

  /// What a variable or type lies in, the outermost first.
  func scopes(of entry: DebugEntry) throws(DWARFError) -> [DebugScope] {
    var scopes: [DebugScope] = []
    // Where something is declared counts, not where it is defined.
    var inner = try chain(from: entry).last ?? entry
    while let parent = parent(of: inner.offset) {
      guard scopes.count < Self.deepestScope else { throw .nestedTooDeep(entry.offset) }
      let scope = try self.entry(at: parent)
      scopes.append(
        DebugScope(
          isFunction: scope.tag == .subprogram || scope.tag == .inlinedSubroutine,
          isNamespace: scope.tag == .namespace, name: try name(of: scope)))
      inner = try chain(from: scope).last ?? scope
    }
    return scopes.reversed()
  }
}
