import TestImages
import HotReloadELF

extension PackedImageBuilder {
  /// What a packer makes of a shared object that bus.ld linked with -Bsymbolic: the data and the code
  /// segment, every RELATIVE with its addend in place and its address in a list, the named exports.
  static func packing(
    _ linked: [UInt8], exports names: [String], chip: UInt16, executableOffset: UInt32
  ) throws -> PackedImageBuilder {
    let file = try ELFFile(linked.raw)
    var builder = PackedImageBuilder()
    builder.chip = chip
    builder.executableOffset = executableOffset
    for index in 0..<file.programHeaderCount {
      let header = try file.programHeader(at: index)
      guard header.type == .load, header.virtualAddress < 0xE000_0000 else { continue }
      let start = Int(header.offset)
      builder.segments.append(
        Segment(
          address: header.virtualAddress,
          bytes: Array(linked[start..<start + Int(header.fileSize)]),
          zeros: header.memorySize - header.fileSize, flags: header.flags.rawValue,
          alignment: header.alignment))
    }
    var even: [UInt32] = []
    if let section = try file.section(ofType: .relocationsWithAddend) {
      let relocations = try file.relocations(section)
      for index in 0..<relocations.count {
        let entry = try relocations.entry(at: index)
        precondition(entry.type == 3, "relocation type \(entry.type)")
        builder.segments[0].bytes.set(word: UInt32(bitPattern: entry.addend), at: Int(entry.offset))
        if entry.offset % 4 == 0 {
          even.append(entry.offset)
        } else {
          builder.odd.append(entry.offset)
        }
      }
    }
    builder.relative = encodeRELR(even.sorted())
    for name in names.sorted() { builder.exports.append(try value(of: name, in: linked)) }
    return builder
  }

  /// The value of a dynamic symbol.
  static func value(of name: String, in linked: [UInt8]) throws -> UInt32 {
    let file = try ELFFile(linked.raw)
    let name = Array(name.utf8)
    if let section = try file.section(ofType: .dynamicSymbolTable) {
      let symbols = try file.symbolTable(section)
      for index in 0..<symbols.count {
        let symbol = try symbols.symbol(at: index)
        if symbols.isNamed(symbol, name.span) { return symbol.value }
      }
    }
    throw ELFError.noSuchIndex(0)
  }
}
