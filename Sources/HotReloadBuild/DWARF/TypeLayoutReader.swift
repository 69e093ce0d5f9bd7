/// Describes the layout of one type (`TypeLayout`).
struct TypeLayoutReader {
  let information: DebugInformation
  private(set) var layout = TypeLayout()
  /// Entries that may still be visited: what nests without end, or doubles at every level, stops here.
  private var budget = 100_000
  private var depth = 0
  /// Deeper than any source; recursion must not exhaust the stack.
  private static let deepestType = 100

  /// Where a type stands: `queue.items[]`, and how far from the beginning of the variable.
  private struct Place {
    var path = ""
    var offset: UInt64 = 0

    func member(_ name: String, at offset: UInt64) -> Place {
      let isNested = !path.isEmpty && !name.isEmpty
      return Place(
        path: path + (isNested ? "." : "") + name, offset: self.offset.addingClamped(offset))
    }
    var element: Place { Place(path: path + "[]", offset: offset) }
  }

  /// The layout of the type of a variable.
  static func layout(
    of variable: DebugEntry, in information: DebugInformation
  ) throws(DWARFError) -> TypeLayout {
    var reader = TypeLayoutReader(information: information)
    for entry in try information.chain(from: variable) where entry[.type] != nil {
      reader.layout.isConstant = try information.isConstant(typeOf: entry)
      try reader.describe(typeOf: entry, Place())
      return reader.layout
    }
    throw .unknownType(variable.offset)
  }

  private mutating func describe(typeOf entry: DebugEntry, _ place: Place) throws(DWARFError) {
    guard depth < Self.deepestType else { throw .nestedTooDeep(entry.offset) }
    depth += 1
    defer { depth -= 1 }
    let type = try information.type(of: entry)
    try visit(type)
    switch type.tag {
    case .baseType: layout.text += try information.baseType(type)
    case .enumerationType: layout.text += "e\(try information.size(of: type))"
    case .pointerType, .referenceType, .rvalueReferenceType:
      layout.pointers.append(.init(path: place.path, offset: place.offset))
      layout.text += "*\(try information.pointee(of: type))"
    case .pointerToMemberType:
      // To a variable it is an offset; to a function it has an address.
      let isFunction = try information.type(of: type).tag == .subroutineType
      if isFunction { layout.pointers.append(.init(path: place.path, offset: place.offset)) }
      layout.text += isFunction ? "m()" : "m"
    case .unspecifiedType: layout.text += "n"  // decltype(nullptr)
    case .arrayType: try describe(array: type, place)
    case .structureType, .classType: try describe(members: type, place, "{", "}")
    case .unionType: try describe(members: type, place, "|", "|")
    default: throw .unknownType(type.offset)
    }
  }

  private mutating func describe(array: DebugEntry, _ place: Place) throws(DWARFError) {
    var elements = place
    for dimension in try information.children(of: array) where dimension.tag == .subrangeType {
      try visit(dimension)
      elements = elements.element
      let count =
        dimension.number(.count) ?? dimension.number(.upperBound).map { $0.addingClamped(1) }
      layout.text += "[\(count.map { "\($0)" } ?? "")]"
    }
    try describe(typeOf: array, elements)
  }

  private mutating func describe(
    members type: DebugEntry, _ place: Place, _ open: String, _ close: String
  ) throws(DWARFError) {
    let name = try information.name(of: type) ?? "(unnamed)"
    guard !type.flag(.declaration) else { throw .incompleteType(name) }
    let children = try information.children(of: type)
    layout.text += open
    var isFirst = true
    for child in children {
      try visit(child)
      // Static members have no place in the object.
      guard child.tag == .inheritance || child.tag == .member, !child.flag(.declaration),
        !child.flag(.external)
      else { continue }
      if !isFirst { layout.text += "," }
      isFirst = false
      try describe(member: child, place)
    }
    layout.text += "\(close)\(try information.size(of: type))"
    // The innermost class that is not is the reason for all that have it.
    if layout.obstacle == nil, try !information.isTriviallyCopyable(type, children) {
      layout.obstacle = .init(type: name, path: place.path)
    }
  }

  private mutating func describe(member: DebugEntry, _ place: Place) throws(DWARFError) {
    let name =
      if member.tag == .inheritance { ":" } else { try information.name(of: member) ?? "" }
    layout.text += "\(name)@"
    // The place of a virtual base is found at run time; the class is refused anyway.
    let isVirtual = (member.number(.virtuality) ?? 0) != 0
    let bits = isVirtual ? nil : try information.bits(of: member)
    let offset: UInt64 =
      if let bits { bits.first / 8 } else if isVirtual { 0 } else {
        try information.offset(of: member)
      }
    layout.text += bits.map { "\($0.first)+\($0.count):" } ?? "\(offset):"
    try describe(
      typeOf: member, place.member(member.tag == .inheritance ? "" : name, at: offset))
  }

  private mutating func visit(_ entry: DebugEntry) throws(DWARFError) {
    guard budget > 0 else { throw .nestedTooDeep(entry.offset) }
    budget -= 1
  }
}

extension UInt64 {
  /// The sum, or the largest number.
  fileprivate func addingClamped(_ other: UInt64) -> UInt64 {
    let (sum, overflow) = addingReportingOverflow(other)
    return overflow ? .max : sum
  }
}
