extension DebugInformation {
  /// References that lead from an entry to the one that completes it: no compiler writes more than three.
  private static let longestChain = 8

  /// The text of an attribute; nil if the entry does not have it.
  func text(_ attribute: DebugAttribute, of entry: DebugEntry) throws(DWARFError) -> String? {
    switch entry[attribute] {
    case .text(let text): return text
    case .stringOffset(let offset): return try string(sections.strings, at: offset)
    case .lineStringOffset(let offset): return try string(sections.lineStrings, at: offset)
    case .stringIndex(let index):
      let offset = try word(
        sections.stringOffsets, base: units[entry.unit].stringOffsetsBase, index: index)
      return try string(sections.strings, at: Int(offset))
    default: return nil
    }
  }

  /// The address of a variable that lies at a fixed one: an expression of a single operation.
  func address(of variable: DebugEntry) throws(DWARFError) -> UInt32? {
    guard case .block(let range) = variable[.location], !range.isEmpty else { return nil }
    var cursor = try DWARFCursor(sections.information, at: range.lowerBound, end: range.upperBound)
    let address: UInt32
    switch try cursor.byte() {
    case DebugOperation.address: address = try cursor.word()
    case DebugOperation.addressIndex:
      address = try word(
        sections.addresses, base: units[variable.unit].addressBase, index: try cursor.unsigned())
    default: return nil
    }
    return cursor.isAtEnd ? address : nil
  }

  /// An entry and those that complete it, the nearest first: a variable that is declared in a class and defined
  /// elsewhere (`DW_AT_specification`), one of an inlined function (`DW_AT_abstract_origin`).
  func chain(from entry: DebugEntry) throws(DWARFError) -> [DebugEntry] {
    var chain = [entry]
    while let last = chain.last,
      let next = last.reference(.specification) ?? last.reference(.abstractOrigin)
    {
      guard chain.count < Self.longestChain else { throw .nestedTooDeep(entry.offset) }
      chain.append(try self.entry(at: next))
    }
    return chain
  }

  /// The name of the source file of an entry, as the compiler was given it.
  func sourceFile(of entry: DebugEntry) throws(DWARFError) -> String? {
    try text(.name, of: self.entry(at: units[entry.unit].firstEntry))
  }

  private func string(_ section: [UInt8], at offset: Int) throws(DWARFError) -> String {
    var cursor = try DWARFCursor(section, at: offset)
    return try cursor.string()
  }

  private func word(
    _ section: [UInt8], base: UInt64, index: UInt64
  ) throws(DWARFError) -> UInt32 {
    // Compared as counts of bytes: no sum wraps.
    let size = UInt64(section.count)
    guard base <= size, index < (size - base) / 4 else { throw .outOfBounds(section.count) }
    var cursor = try DWARFCursor(section, at: Int(base + index * 4))
    return try cursor.word()
  }
}
