import HotReloadELF
import HotReloadLoader
import TestImages

/// Changes an image in every place that the views and the loader decide by: each byte of its headers, its notes, its
/// dynamic section, and of the relocations, symbols and hash words that this names, and each word of them. The image is
/// read, and loaded for chips that it is for, after each change.
func changeEveryTable(_ bytes: [UInt8]) {
  guard let offsets = try? tableOffsets(bytes) else { return }
  let chips = (0..<Chip.count).map { Chip.at($0) }.filter { chip in
    (try? ModuleImage(bytes.raw, chip: chip)) != nil
  }
  // The first and the last have what the others have: memory in one block and in two, and external memory.
  let tried = chips.count > 1 ? [chips[0], chips[chips.count - 1]] : chips
  func use(_ changed: [UInt8]) {
    readELF(changed)
    for chip in tried { load(changed, chip: chip) }
  }
  use(bytes)
  var changed = bytes
  for offset in offsets {
    let byte = bytes[offset]
    for value in byte.hostile where value != byte {
      changed[offset] = value
      use(changed)
    }
    changed[offset] = byte
  }
  // Numbers of four bytes lie at multiples of four from the beginning of the file, as all tables do.
  for offset in Set(offsets.map { $0 & ~3 }).sorted() where offset + 4 <= bytes.count {
    let word = bytes.word(at: offset)
    for value in [0, .max, word &+ 1, word &- 1, word ^ 0x8000_0000, 0x7FFF_FFFF] as [UInt32] {
      changed.set(word: value, at: offset)
      use(changed)
    }
    changed.set(word: word, at: offset)
  }
}

extension UInt8 {
  /// Numbers at which arithmetic goes wrong, neighbours, and each bit changed.
  fileprivate var hostile: Set<UInt8> {
    Set([0, 0xFF, self &+ 1, self &- 1] + (0..<8).map { self ^ (1 << $0) })
  }
}

/// Where the tables of an image are in the file, ascending.
private func tableOffsets(_ bytes: [UInt8]) throws(ELFError) -> [Int] {
  let file = try ELFFile(bytes.raw)
  var offsets = Set(0..<Int(ELFHeader.size))
  func insert(_ start: UInt32, _ count: UInt32) {
    let start = Int(start)
    offsets.formUnion((start..<start + Int(count)).prefix { $0 < bytes.count })
  }
  insert(
    file.header.programHeaderOffset, UInt32(file.programHeaderCount) * ProgramHeader.size)
  for index in 0..<file.programHeaderCount {
    let segment = try file.programHeader(at: index)
    if segment.type == .note || segment.type == .dynamic {
      insert(segment.offset, segment.fileSize)
    }
    guard segment.type == .dynamic else { continue }
    guard let dynamic = try? DynamicSection(file.contents(of: segment)) else { continue }
    var tables: [(address: UInt32, count: UInt32)] = []
    for table in [dynamic.relocations, dynamic.jumpSlots, dynamic.relativeRelocations] {
      tables.append((table.address, table.byteCount))
    }
    let symbols = (try? file.symbolTable(dynamic).count) ?? 0
    tables.append((dynamic.symbols, symbols * Symbol.size))
    // Bucket and chain of each symbol at most, behind the numbers of both.
    tables.append((dynamic.hash, 8 + 8 * symbols))
    tables.append((dynamic.gnuHash, 24 + 8 * symbols))
    for table in tables where table.address != 0 && table.count > 0 {
      if let start = try? file.offset(of: table.address) { insert(start, table.count) }
    }
  }
  return offsets.sorted()
}

extension ELFFile {
  /// Where the byte at `address` is in the file.
  fileprivate func offset(of address: UInt32) throws(ELFError) -> UInt32 {
    var segments = programHeaders
    while let segment = segments.next() {
      if segment.type == .load, segment.holdsInFile(address, count: 1) {
        return segment.offset + (address - segment.virtualAddress)
      }
    }
    throw .addressNotInFile(address)
  }
}
