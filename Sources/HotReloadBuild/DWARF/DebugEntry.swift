/// One entry of `.debug_info`, a "DIE": a variable, a type, a function (DWARF 5, section 2.1).
struct DebugEntry: Sendable {
  /// In `.debug_info`; other entries refer to it by this number.
  let offset: Int
  /// Index of its unit.
  let unit: Int
  let tag: DebugTag
  let hasChildren: Bool
  /// Offset of what follows: its first child, if it has any.
  let next: Int
  private var values: [(attribute: DebugAttribute, value: DebugValue)] = []

  /// Reads the attributes that `abbreviation` lists.
  init(
    offset: Int, unit: Int, unitOffset: Int, _ abbreviation: Abbreviation,
    _ cursor: inout DWARFCursor
  ) throws(DWARFError) {
    self.offset = offset
    self.unit = unit
    tag = abbreviation.tag
    hasChildren = abbreviation.hasChildren
    var values: [(attribute: DebugAttribute, value: DebugValue)] = []
    for field in abbreviation.fields {
      guard let attribute = field.attribute else {
        try cursor.skip(field.form)
        continue
      }
      let value = try cursor.value(field.form, implicit: field.implicit, unit: unitOffset)
      values.append((attribute, value))
    }
    self.values = values
    next = cursor.offset
  }

  subscript(attribute: DebugAttribute) -> DebugValue? {
    values.first { $0.attribute == attribute }?.value
  }

  /// A number that is not negative; nil if there is none.
  func number(_ attribute: DebugAttribute) -> UInt64? {
    switch self[attribute] {
    case .number(let number): number
    case .signedNumber(let number): UInt64(exactly: number)
    default: nil
    }
  }

  /// Whether a flag is there and set.
  func flag(_ attribute: DebugAttribute) -> Bool { self[attribute] == .flag(true) }

  /// Offset of the entry that `attribute` refers to; nil if there is none.
  func reference(_ attribute: DebugAttribute) -> Int? {
    guard case .reference(let offset) = self[attribute] else { return nil }
    return offset
  }
}
