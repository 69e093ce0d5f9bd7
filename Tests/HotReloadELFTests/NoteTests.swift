import TestImages
import HotReloadELF
import Testing

@Suite struct NoteTests {
  private func types(_ bytes: [UInt8]) throws(ELFError) -> [UInt32] {
    var notes = Notes(ByteView(bytes.raw))
    var types: [UInt32] = []
    while let note = try notes.nextNote() { types.append(note.type) }
    return types
  }

  private func note(_ owner: String, _ descriptor: [UInt8], type: UInt32) -> [UInt8] {
    var bytes = [UInt8](words: [UInt32(owner.utf8.count), UInt32(descriptor.count), type])
    bytes += Array(owner.utf8)
    while bytes.count % 4 != 0 { bytes.append(0) }
    bytes += descriptor
    while bytes.count % 4 != 0 { bytes.append(0) }
    return bytes
  }

  @Test func walksNotesWithPadding() throws {
    let bytes = note("GNU\0", [1, 2, 3, 4, 5], type: 3) + note("hotreload\0", [9], type: 1)
    #expect(try types(bytes) == [3, 1])
    var notes = Notes(ByteView(bytes.raw))
    _ = try notes.nextNote()?.type
    let last = try notes.nextNote()
    let owner = Array("hotreload\0".utf8)
    #expect(last?.owner.isEqual(to: owner.span) == true)
    #expect(last?.descriptor.count == 1)
  }

  @Test func toleratesMissingPaddingAtTheEnd() throws {
    let bytes = Array(note("hotreload\0", [9], type: 1).dropLast(3))
    #expect(try types(bytes) == [1])
  }

  @Test func walksEmptyNotes() throws {
    #expect(try types([]) == [])
    #expect(try types([UInt8](words: [0, 0, 7, 0, 0, 8])) == [7, 8])
  }

  @Test(arguments: 1..<29)
  func refusesTruncatedNotes(count: Int) {
    let bytes = Array(note("hotreload\0", [1, 2, 3, 4, 5], type: 1).prefix(count))
    #expect(throws: ELFError.self) { try types(bytes) }
  }

  @Test(arguments: [
    [UInt32.max, 0, 1], [0, UInt32.max, 1], [UInt32.max, UInt32.max, 1], [UInt32.max - 11, 0, 1],
  ])
  func refusesHugeSizes(words: [UInt32]) {
    #expect(throws: ELFError.outOfBounds(12)) { try types([UInt8](words: words)) }
  }
}
