extension DebugInformation {
  /// Whether copying the bytes copies a value of a class: it has no virtual function or base, and no copy
  /// constructor, move constructor or destructor of its own. Members and bases are classes of their own.
  ///
  /// clang says it in one attribute; GCC lists the functions.
  func isTriviallyCopyable(
    _ type: DebugEntry, _ children: [DebugEntry]
  ) throws(DWARFError) -> Bool {
    if let convention = type.number(.callingConvention) {
      return convention != DebugCallingConvention.passByReference
    }
    for child in children {
      if (child.number(.virtuality) ?? 0) != 0 { return false }
      // What the compiler makes by itself is not trivial only if a member's is not.
      guard child.tag == .subprogram, !child.flag(.artificial), !child.flag(.deleted),
        child[.defaulted] == nil, let function = try text(.name, of: child)
      else { continue }
      if function.hasPrefix("~") { return false }
      if try function == text(.name, of: type), try takesReference(child, to: type) { return false }
    }
    return true
  }

  /// Whether the first parameter behind `this` is a reference to `type`.
  private func takesReference(
    _ constructor: DebugEntry, to type: DebugEntry
  ) throws(DWARFError) -> Bool {
    let parameters = try children(of: constructor).filter { parameter in
      parameter.tag == .formalParameter && !parameter.flag(.artificial)
    }
    guard let first = parameters.first else { return false }
    let reference = try self.type(of: first)
    guard reference.tag == .referenceType || reference.tag == .rvalueReferenceType else {
      return false
    }
    return try self.type(of: reference).offset == type.offset
  }
}
