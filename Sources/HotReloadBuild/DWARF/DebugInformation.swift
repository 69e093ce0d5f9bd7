/// The debug information of a linked file (DWARF 4 and 5, 32-bit, little-endian, addresses of four bytes).
///
/// Nothing in it is trusted: whatever refers to a place outside its section, or goes round in circles, throws.
struct DebugInformation: Sendable {
  let sections: DebugSections
  let units: [DebugUnit]
  /// Variables, members, scopes and their parents, ascending by offset.
  private let places: [Place]

  /// Where an entry stands.
  private struct Place {
    var offset: Int
    /// Offset of the scope that it lies in, nil for none but the source file.
    var parent: Int?
    var isVariable: Bool
  }

  /// Walks through all entries once.
  init(_ sections: DebugSections) throws(DWARFError) {
    self.sections = sections
    var units = try DebugUnit.all(in: sections)
    var places: [Place] = []
    for index in units.indices {
      try Self.walk(units[index], sections, &places)
      let first = try Self.entry(at: units[index].firstEntry, of: index, units, sections)
      units[index].stringOffsetsBase = first.number(.stringOffsetsBase) ?? 8
      units[index].addressBase = first.number(.addressBase) ?? 8
    }
    self.units = units
    self.places = places
  }

  private static func walk(
    _ unit: DebugUnit, _ sections: DebugSections, _ places: inout [Place]
  ) throws(DWARFError) {
    var cursor = try DWARFCursor(sections.information, at: unit.firstEntry, end: unit.end)
    // The scope that the children of each open entry lie in.
    var scopes: [Int?] = []
    while !cursor.isAtEnd {
      let offset = cursor.offset
      let code = try cursor.unsigned()
      guard code != 0 else {
        if scopes.popLast() == nil { return }
        continue
      }
      guard let abbreviation = unit.abbreviations[code] else { throw .unknownAbbreviation(offset) }
      let scope = scopes.last ?? nil
      let isScope = abbreviation.tag.isScope
      let isVariable = abbreviation.tag == .variable
      // A static member of a class is a member in DWARF 4.
      if isVariable || isScope || abbreviation.tag == .member {
        places.append(Place(offset: offset, parent: scope, isVariable: isVariable))
      }
      if abbreviation.hasChildren { scopes.append(isScope ? offset : scope) }
      if let size = abbreviation.size {
        try cursor.skip(size)
      } else {
        for field in abbreviation.fields { try cursor.skip(field.form) }
      }
    }
  }

  // MARK: - Entries

  /// Offsets of all variables that are not parameters.
  var variables: [Int] { places.lazy.filter { $0.isVariable }.map { $0.offset } }

  /// The entry at an offset of `.debug_info`.
  func entry(at offset: Int) throws(DWARFError) -> DebugEntry {
    var low = 0
    var high = units.count
    while low < high {
      let middle = (low + high) / 2
      if units[middle].end <= offset { low = middle + 1 } else { high = middle }
    }
    guard low < units.count, offset >= units[low].firstEntry else { throw .noEntry(offset) }
    return try Self.entry(at: offset, of: low, units, sections)
  }

  private static func entry(
    at offset: Int, of index: Int, _ units: [DebugUnit], _ sections: DebugSections
  ) throws(DWARFError) -> DebugEntry {
    let unit = units[index]
    var cursor = try DWARFCursor(sections.information, at: offset, end: unit.end)
    guard let abbreviation = unit.abbreviations[try cursor.unsigned()] else {
      throw .unknownAbbreviation(offset)
    }
    return try DebugEntry(
      offset: offset, unit: index, unitOffset: unit.offset, abbreviation, &cursor)
  }

  /// The entries that lie in `entry`, without those that lie in them.
  func children(of entry: DebugEntry) throws(DWARFError) -> [DebugEntry] {
    guard entry.hasChildren else { return [] }
    let unit = units[entry.unit]
    var found: [DebugEntry] = []
    var depth = 0
    var next = entry.next
    while next < unit.end {
      var cursor = try DWARFCursor(sections.information, at: next, end: unit.end)
      if try cursor.unsigned() == 0 {
        if depth == 0 { return found }
        depth -= 1
        next = cursor.offset
        continue
      }
      let child = try Self.entry(at: next, of: entry.unit, units, sections)
      if depth == 0 { found.append(child) }
      if child.hasChildren { depth += 1 }
      next = child.next
    }
    throw .outOfBounds(unit.end)
  }

  /// Offset of the scope that a variable, member or scope lies in; nil if that is the source file, and for any other
  /// entry.
  func parent(of offset: Int) -> Int? {
    var low = 0
    var high = places.count
    while low < high {
      let middle = (low + high) / 2
      if places[middle].offset < offset { low = middle + 1 } else { high = middle }
    }
    return low < places.count && places[low].offset == offset ? places[low].parent : nil
  }
}
