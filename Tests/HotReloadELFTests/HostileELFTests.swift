import TestImages
import HotReloadELF
import Testing

/// After `ELFFile.init`, every accessor either answers or throws, whatever the bytes are.
@Suite struct HostileELFTests {
  @Test(arguments: Fixture.all)
  func readsTheWholeFile(name: String) throws {
    let bytes = try Fixture.bytes(name)
    #expect(walkError(bytes) == nil)
    #expect(try walk(bytes) > 20)
  }

  /// One file of each type, for what takes long.
  static let types = ["trivial.so", "executable.elf", "module.o"]

  @Test(arguments: types)
  func refusesEveryPrefix(name: String) throws {
    let bytes = try Fixture.bytes(name)
    let extent = try ELFFile(bytes.raw).extent()
    #expect(Int(extent) == bytes.count, "lld puts the section headers last")
    for count in 0..<bytes.count {
      let error = walkError(Array(bytes[..<count]))
      #expect(error != nil, "the first \(count) bytes of \(name)")
    }
  }

  @Test(arguments: types + ["relr.so"])
  func survivesEveryChangedByteOfEveryTable(name: String) throws {
    let original = try Fixture.bytes(name)
    var refused = 0
    var read = 0
    for offset in try tableOffsets(original) {
      for value in [original[offset] ^ 0xFF, original[offset] ^ 1, 0, 0xFF, 0x80] {
        var bytes = original
        bytes[offset] = value
        if walkError(bytes) == nil { read += 1 } else { refused += 1 }
      }
    }
    #expect(refused > 200, "changes in \(name) that are errors")
    #expect(read > 200, "changes in \(name) that are harmless")
  }

  /// Offsets of the ELF header, program headers, section headers and the dynamic section.
  private func tableOffsets(_ bytes: [UInt8]) throws -> [Int] {
    let file = try ELFFile(bytes.raw)
    var offsets = Array(0..<52)
    let programHeaders = Int(file.header.programHeaderOffset)
    offsets += programHeaders..<programHeaders + 32 * Int(file.programHeaderCount)
    let sections = Int(file.header.sectionHeaderOffset)
    offsets += sections..<sections + 40 * Int(try file.sectionCount)
    if let dynamic = file.programHeader(ofType: .dynamic) {
      offsets += Int(dynamic.offset)..<Int(dynamic.offset + dynamic.fileSize)
    }
    return offsets
  }

  @Test(arguments: [
    (field: 16, value: UInt32(0x5B4), error: ELFError.fileSizeExceedsMemorySize(0)),
    (20, 0, .fileSizeExceedsMemorySize(0)),
    (8, 0xFFFF_FFFF, .segmentWraps(0xFFFF_FFFF)),
    (20, 0xFFFF_FFFF, nil),
    (4, 0xFFFF_FFFF, .outOfBounds(0xFFFF_FFFF)),
    (28, 3, .badAlignment(3)),
    (28, 0, nil),
  ])
  func checksLoadableSegments(field: Int, value: UInt32, error: ELFError?) throws {
    var bytes = try Fixture.bytes("plain.so")
    // Program header 1 is the first PT_LOAD.
    bytes.set(word: value, at: 52 + 32 + field)
    #expect(walkError(bytes) == error)
  }

  @Test(arguments: [
    (type: UInt32(2), entrySize: UInt32(0)), (2, 15), (2, 24), (11, 0), (4, 8), (4, 0), (9, 12),
  ])
  func refusesWrongEntrySizes(type: UInt32, entrySize: UInt32) throws {
    var bytes = try Fixture.bytes("emitted.so")
    let sections = Int(bytes.word(at: 32))
    let count = Int(bytes.half(at: 48))
    let wanted = type == 9 ? 4 : type
    let header = try #require(
      (0..<count).map { sections + 40 * $0 }.first { bytes.word(at: $0 + 4) == wanted })
    bytes.set(word: type, at: header + 4)
    bytes.set(word: entrySize, at: header + 36)
    #expect(walkError(bytes) == .badEntrySize(entrySize))
  }
}
