/// Just enough ELF32 to say how long it is.
struct PlainELF {
  var segments: [(type: UInt32, offset: UInt32, fileSize: UInt32)] = [(1, 84, 100)]
  var sections: [(type: UInt32, offset: UInt32, size: UInt32)] = []
  var programHeaderOffset: UInt32 = 52
  var sectionHeaderOffset: UInt32 = 0
  var programHeaderSize: UInt16 = 32
  var sectionHeaderSize: UInt16 = 40
  var programHeaderCount: UInt16?
  var sectionHeaderCount: UInt16?
  var identification: [UInt8] = [0x7F, 0x45, 0x4C, 0x46, 1, 1, 1]

  /// The file, `count` bytes long.
  func bytes(count: Int) -> [UInt8] {
    var bytes = image(77, count: count)
    func put(_ value: some FixedWidthInteger, at offset: UInt32) {
      for index in 0..<value.bitWidth / 8 where Int(offset) + index < count {
        bytes[Int(offset) + index] = UInt8(truncatingIfNeeded: value >> (8 * index))
      }
    }
    bytes.replaceSubrange(0..<identification.count, with: identification)
    put(programHeaderOffset, at: 28)
    put(sectionHeaderOffset, at: 32)
    put(programHeaderSize, at: 42)
    put(programHeaderCount ?? UInt16(segments.count), at: 44)
    put(sectionHeaderSize, at: 46)
    put(sectionHeaderCount ?? UInt16(sections.count), at: 48)
    for (index, segment) in segments.enumerated() {
      let header = programHeaderOffset + UInt32(index) * 32
      put(segment.type, at: header)
      put(segment.offset, at: header + 4)
      put(segment.fileSize, at: header + 16)
    }
    for (index, section) in sections.enumerated() {
      let header = sectionHeaderOffset + UInt32(index) * 40
      put(section.type, at: header + 4)
      put(section.offset, at: header + 16)
      put(section.size, at: header + 20)
    }
    return bytes
  }
}
