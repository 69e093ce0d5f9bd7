extension PackedImageBuilder {
  /// Where data and code of an Xtensa image are linked.
  package static let xtensaData: UInt32 = 0x1000_0000
  package static let xtensaCode: UInt32 = 0x2000_0000

  /// The module of `small` for Xtensa: 16 bytes of data and 16 of zeros, 32 bytes of code. In each of the two, the first
  /// word points into the data and the second into the code; one export behind the literals.
  package static func smallXtensa(chip: UInt16) -> PackedImageBuilder {
    var builder = PackedImageBuilder()
    builder.chip = chip
    builder.machine = 94
    builder.elfFlags = 0x300
    let (data, code) = (xtensaData, xtensaCode)
    builder.segments = [
      Segment(
        address: data, bytes: .init(words: [data + 8, code + 8, 0x1111_1111, 0x2222_2222]),
        zeros: 16, flags: Segment.data),
      Segment(
        address: code,
        bytes: .init(words: [data + 0xC, code + 0x10]) + .init(repeating: 0x13, count: 24),
        flags: Segment.code),
    ]
    builder.relative = [data, code]
    builder.codeRelative = [data + 4, code + 4]
    builder.exports = [code + 8]
    return builder
  }
}
