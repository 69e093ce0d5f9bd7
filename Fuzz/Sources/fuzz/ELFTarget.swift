import HotReloadELF
import TestImages

/// Asks for everything that the views offer, whatever was wrong before: each answers or throws.
func readELF(_ bytes: [UInt8]) {
  guard let file = try? ELFFile(bytes.raw) else { return }
  for index in 0..<file.programHeaderCount {
    guard let segment = try? file.programHeader(at: index),
      let contents = try? file.contents(of: segment)
    else { continue }
    require(contents.count == segment.fileSize, "a segment has its bytes")
    readNotes(contents)
    readDynamic(contents, in: file)
    if let range = try? file.contents(from: segment.virtualAddress) {
      require(range.count <= file.bytes.count, "nothing behind the file")
    }
  }
  if let extent = try? file.extent() { require(extent <= file.bytes.count, "the file is whole") }
  guard let count = try? file.sectionCount else { return }
  for index in 0..<min(count, 64) {
    guard let section = try? file.sectionHeader(at: index) else { continue }
    _ = try? file.name(of: section)
    _ = try? file.sectionHeader(link: section.link)
    if let symbols = try? file.symbolTable(section) { readSymbols(symbols) }
    if let relocations = try? file.relocations(section) { readRelocations(relocations) }
    guard let contents = try? file.contents(of: section) else { continue }
    readNotes(contents)
    readRelative(contents)
  }
  let name = Array(".symtab".utf8)
  _ = try? file.section(named: name.span)
  _ = try? file.section(ofType: .symbolTable)
}

private func readNotes(_ bytes: ByteView) {
  var notes = Notes(bytes)
  var covered: UInt64 = 0
  while let note = try? notes.nextNote() {
    covered += UInt64(note.owner.count) + UInt64(note.descriptor.count) + 12
    require(covered <= bytes.count, "notes do not overlap")
  }
}

private func readDynamic(_ bytes: ByteView, in file: borrowing ELFFile) {
  guard let dynamic = try? DynamicSection(bytes) else { return }
  if let symbols = try? file.symbolTable(dynamic) { readSymbols(symbols) }
  for table in [dynamic.relocations, dynamic.jumpSlots] {
    guard let contents = try? file.contents(of: table) else { continue }
    for form in [RelocationTable.Form.implicitAddend, .explicitAddend] {
      if let table = try? RelocationTable(entries: contents, form: form) { readRelocations(table) }
    }
  }
  if let words = try? file.contents(of: dynamic.relativeRelocations) { readRelative(words) }
}

private func readSymbols(_ symbols: borrowing SymbolTable) {
  let name = Array("run".utf8)
  for index in 0..<symbols.count {
    guard let symbol = try? symbols.symbol(at: index) else { continue }
    let isRun = symbols.isNamed(symbol, name.span)
    if let found = try? symbols.name(of: symbol) {
      require(found.isEqual(to: name.span) == isRun, "a symbol has one name")
    }
  }
  require((try? symbols.symbol(at: symbols.count)) == nil, "no symbol behind the last")
}

private func readRelocations(_ relocations: borrowing RelocationTable) {
  for index in 0..<relocations.count {
    require((try? relocations.entry(at: index)) != nil, "the entries that were counted are there")
  }
  require((try? relocations.entry(at: relocations.count)) == nil, "no entry behind the last")
}

private func readRelative(_ words: ByteView) {
  guard var addresses = try? RelativeRelocations(words) else { return }
  var count: UInt64 = 0
  do throws(ELFError) {
    while try addresses.nextAddress() != nil { count += 1 }
  } catch {}
  require(count <= UInt64(words.count / 4) * 31, "a word names 31 addresses at most")
}
