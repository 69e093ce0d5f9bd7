/// The shape of entries: what they describe, and which attributes follow in which form (DWARF 5, section 7.5.3).
struct Abbreviation: Sendable {
  /// One attribute of every entry of this shape.
  struct Field: Sendable {
    /// Nil if nobody reads it.
    var attribute: DebugAttribute?
    var form: DebugForm
    /// The value itself for `DW_FORM_implicit_const`, else 0.
    var implicit: Int64
  }

  var tag: DebugTag
  var hasChildren: Bool
  var fields: [Field]
  /// Bytes of all attributes, nil if they differ from entry to entry.
  var size: UInt64?
}

/// The abbreviations of one unit, by code.
struct AbbreviationTable: Sendable {
  private var abbreviations: [UInt64: Abbreviation] = [:]

  /// - Parameters:
  ///   - section: `.debug_abbrev`.
  ///   - offset: where the unit's part begins; it ends with the code 0.
  init(_ section: [UInt8], at offset: Int) throws(DWARFError) {
    var cursor = try DWARFCursor(section, at: offset)
    while true {
      let code = try cursor.unsigned()
      guard code != 0 else { return }
      abbreviations[code] = try Abbreviation(&cursor)
    }
  }

  subscript(code: UInt64) -> Abbreviation? { abbreviations[code] }
}

extension Abbreviation {
  fileprivate init(_ cursor: inout DWARFCursor) throws(DWARFError) {
    tag = DebugTag(rawValue: try cursor.unsigned()) ?? .other
    hasChildren = try cursor.byte() != 0
    fields = []
    size = 0
    while true {
      let attribute = try cursor.unsigned()
      let form = try cursor.unsigned()
      guard attribute != 0 || form != 0 else { return }
      let field = Field(
        attribute: DebugAttribute(rawValue: attribute), form: try DebugForm(checking: form),
        implicit: form == DebugForm.implicitConstant.rawValue ? try cursor.signed() : 0)
      fields.append(field)
      size = if let size, let more = field.form.size { size + UInt64(more) } else { nil }
    }
  }
}
