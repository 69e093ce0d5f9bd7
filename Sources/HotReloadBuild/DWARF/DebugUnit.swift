/// One unit of `.debug_info`: what one source file was compiled to (DWARF 5, section 7.5.1).
struct DebugUnit: Sendable {
  /// Offset of its header, to which its references are relative.
  let offset: Int
  /// Offset of its first entry, which describes the source file.
  let firstEntry: Int
  /// Behind its last entry.
  let end: Int
  let abbreviations: AbbreviationTable
  /// Where its part of `.debug_str_offsets` begins (`DW_AT_str_offsets_base`).
  var stringOffsetsBase: UInt64 = 8
  /// Where its part of `.debug_addr` begins (`DW_AT_addr_base`).
  var addressBase: UInt64 = 8

  /// Finds the units of `.debug_info`. Those of another version than 4 and 5, of another address size than 4, and
  /// those that describe no source file (type and split units) are left out: others may be in the same file.
  static func all(in sections: DebugSections) throws(DWARFError) -> [DebugUnit] {
    var units: [DebugUnit] = []
    var tables: [Int: AbbreviationTable] = [:]
    var next = 0
    while next < sections.information.count {
      let start = next
      var cursor = try DWARFCursor(sections.information, at: start)
      let length = try cursor.word()
      let body = cursor.offset
      // 0xFFFFFFFF begins 64-bit DWARF, which no 32-bit compiler writes: it does not fit, either.
      try cursor.skip(UInt64(length))
      next = cursor.offset
      cursor = try DWARFCursor(sections.information, at: body, end: next)
      guard length > 0, let table = try abbreviationOffset(&cursor), !cursor.isAtEnd else {
        continue
      }
      let abbreviations =
        if let known = tables[table] { known } else {
          try AbbreviationTable(sections.abbreviations, at: table)
        }
      tables[table] = abbreviations
      units.append(
        DebugUnit(offset: start, firstEntry: cursor.offset, end: next, abbreviations: abbreviations)
      )
    }
    return units
  }

  private init(offset: Int, firstEntry: Int, end: Int, abbreviations: AbbreviationTable) {
    self.offset = offset
    self.firstEntry = firstEntry
    self.end = end
    self.abbreviations = abbreviations
  }

  /// Reads what follows the length; nil if the unit is not one to be read.
  private static func abbreviationOffset(
    _ cursor: inout DWARFCursor
  ) throws(DWARFError) -> Int? {
    switch try cursor.half() {
    case 4:
      let offset = Int(try cursor.word())
      return try cursor.byte() == addressSize ? offset : nil
    case 5:
      let type = try cursor.byte()
      let hasAddresses = try cursor.byte() == addressSize
      let offset = Int(try cursor.word())
      return type == compileUnit && hasAddresses ? offset : nil
    default: return nil
    }
  }

  /// `DW_UT_compile` (DWARF 5, section 7.5.1, table 7.2).
  private static let compileUnit: UInt8 = 0x01
  private static let addressSize: UInt8 = 4
}
