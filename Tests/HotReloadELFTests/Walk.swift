import TestImages
import HotReloadELF

/// Reads everything in a file that the views give access to, and counts it.
func walk(_ bytes: [UInt8]) throws(ELFError) -> Int {
  let file = try ELFFile(bytes.raw)
  var count = 1
  for index in 0..<file.programHeaderCount {
    let segment = try file.programHeader(at: index)
    let contents = try file.contents(of: segment)
    count += 1
    if segment.type == .note { count += try walk(notes: contents) }
    if segment.type == .dynamic {
      let dynamic = try DynamicSection(contents)
      count += try walk(symbols: file.symbolTable(dynamic))
      for table in [dynamic.relocations, dynamic.jumpSlots, dynamic.relativeRelocations] {
        count += Int(try file.contents(of: table).count / 4)
      }
    }
  }
  for index in 0..<(try file.sectionCount) {
    let section = try file.sectionHeader(at: index)
    count += 1
    guard section.type != .null else { continue }
    _ = try file.name(of: section)
    let contents = try file.contents(of: section)
    switch section.type {
    case .symbolTable, .dynamicSymbolTable: count += try walk(symbols: file.symbolTable(section))
    case .relocations, .relocationsWithAddend:
      count += try walk(relocations: file.relocations(section))
    case .relativeRelocations:
      var addresses = try RelativeRelocations(contents)
      while try addresses.nextAddress() != nil { count += 1 }
    case .note: count += try walk(notes: contents)
    default: break
    }
  }
  _ = try file.extent()
  return count
}

private func walk(symbols: borrowing SymbolTable) throws(ELFError) -> Int {
  for index in 0..<symbols.count { _ = try symbols.name(of: symbols.symbol(at: index)) }
  return Int(symbols.count)
}

private func walk(relocations: borrowing RelocationTable) throws(ELFError) -> Int {
  for index in 0..<relocations.count { _ = try relocations.entry(at: index) }
  return Int(relocations.count)
}

private func walk(notes bytes: ByteView) throws(ELFError) -> Int {
  var notes = Notes(bytes)
  var count = 0
  while let note = try notes.nextNote() {
    _ = note.type
    count += 1
  }
  return count
}

/// The error that walking `bytes` ends with, nil if there is none.
func walkError(_ bytes: [UInt8]) -> ELFError? {
  do throws(ELFError) {
    _ = try walk(bytes)
    return nil
  } catch { return error }
}
