/// Assembles packed images byte by byte after docs/MODULE-FORMAT.md, right or wrong as a test needs them.
package struct PackedImageBuilder {
  package struct Segment {
    package var address: UInt32
    package var bytes: [UInt8]
    /// Bytes of zeros behind `bytes`.
    package var zeros: UInt32
    package var flags: UInt32
    package var alignment: UInt32
    package var type: UInt32

    package static let data: UInt32 = 6  // PF_R, PF_W
    package static let code: UInt32 = 5  // PF_R, PF_X

    /// A PT_LOAD, unless told otherwise.
    package init(
      address: UInt32, bytes: [UInt8], zeros: UInt32 = 0, flags: UInt32, alignment: UInt32 = 16,
      type: UInt32 = 1
    ) {
      self.address = address
      self.bytes = bytes
      self.zeros = zeros
      self.flags = flags
      self.alignment = alignment
      self.type = type
    }
  }

  package var elfFlags: UInt32 = 1
  package var machine: UInt16 = 243
  package var type: UInt16 = 3
  package var version: UInt16 = 1
  package var headerSize: UInt16 = 120
  package var chip: UInt16 = 13
  package var noteFlags: UInt16 = 0
  package var executableOffset: UInt32 = 0
  package var firmwareID = [UInt8](repeating: 0xF0, count: 32)
  package var moduleID = [UInt8](repeating: 0x40, count: 32)
  package var namesHash: UInt32 = 0x811C_9DC5
  package var sequence: UInt64 = 0x0000_0199_0000_0001
  package var exports: [UInt32] = []
  /// RELR words.
  package var relative: [UInt32] = []
  package var odd: [UInt32] = []
  package var codeRelative: [UInt32] = []
  package var codeOdd: [UInt32] = []
  package var lifecycle: UInt32 = 0
  /// Four words for each kept variable.
  package var kept: [UInt32] = []
  package var keptNames: [UInt8] = []
  package var owner = Array("hotreload\0".utf8)
  /// What the note says in place of all of that; nil: nothing else.
  package var otherDescriptor: [UInt8]?
  package var segments: [Segment] = []

  package init() {}

  /// A module with 16 bytes of data and 16 of zeros, 32 bytes of code, one pointer to each, one export.
  package static func small(executableOffset: UInt32 = 0, chip: UInt16 = 13) -> PackedImageBuilder {
    var builder = PackedImageBuilder()
    builder.chip = chip
    builder.executableOffset = executableOffset
    builder.segments = [
      Segment(
        address: 0, bytes: .init(words: [8, executableOffset + 0x24, 0x1111_1111, 0x2222_2222]),
        zeros: 16, flags: Segment.data),
      Segment(
        address: executableOffset + 0x20, bytes: .init(repeating: 0x13, count: 32),
        flags: Segment.code),
    ]
    builder.relative = [0, 3]
    builder.exports = [executableOffset + 0x20]
    return builder
  }

  /// What the note says.
  package var descriptor: [UInt8] {
    if let otherDescriptor { return otherDescriptor }
    var descriptor = [UInt8](repeating: 0, count: Int(headerSize))
    func put(_ word: UInt32, _ offset: Int) {
      if offset + 4 <= descriptor.count { descriptor.set(word: word, at: offset) }
    }
    put(UInt32(version) | UInt32(headerSize) << 16, 0)
    put(UInt32(chip) | UInt32(noteFlags) << 16, 4)
    put(executableOffset, 8)
    for index in 0..<32 where 44 + index < descriptor.count {
      descriptor[12 + index] = firmwareID[index]
      descriptor[44 + index] = moduleID[index]
    }
    put(namesHash, 76)
    put(UInt32(truncatingIfNeeded: sequence), 80)
    put(UInt32(sequence >> 32), 84)
    let tables = [exports, relative, odd, codeRelative, codeOdd]
    for (index, table) in tables.enumerated() { put(UInt32(table.count), 88 + 4 * index) }
    put(lifecycle, 108)
    put(UInt32(kept.count / 4), 112)
    put(UInt32(keptNames.count), 116)
    for table in tables + [kept] { descriptor += [UInt8](words: table) }
    return descriptor + keptNames
  }

  /// The note, with header and padding.
  package var note: [UInt8] {
    let descriptor = self.descriptor
    var note = [UInt8](words: [UInt32(owner.count), UInt32(descriptor.count), 1]) + owner
    while note.count % 4 != 0 { note.append(0) }
    return note + descriptor
  }

  /// The image.
  package func build() -> [UInt8] {
    let note = self.note
    let headers = 52 + 32 * (segments.count + 1)
    var bytes: [UInt8] = [0x7F, 0x45, 0x4C, 0x46, 1, 1, 1] + [UInt8](repeating: 0, count: 9)
    bytes += [UInt8](words: [UInt32(type) | UInt32(machine) << 16, 1, 0, 52, 0, elfFlags])
    bytes += [UInt8](words: [52 | 32 << 16, UInt32(segments.count + 1), 0])
    bytes += [UInt8](words: [
      4, UInt32(headers), 0, 0, UInt32(note.count), UInt32(note.count), 4, 4,
    ])
    var offset = UInt32(headers + note.count)
    for segment in segments {
      let count = UInt32(segment.bytes.count)
      bytes += [UInt8](words: [
        segment.type, offset, segment.address, segment.address, count, count &+ segment.zeros,
        segment.flags, segment.alignment,
      ])
      offset += count
    }
    bytes += note
    for segment in segments { bytes += segment.bytes }
    return bytes
  }
}
