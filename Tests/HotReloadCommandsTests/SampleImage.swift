/// A module image as docs/MODULE-FORMAT.md has it, for the chip "qemu-riscv32": 16 bytes of data, then one
/// function that returns.
enum SampleImage {
  static let moduleID = String(repeating: "ab", count: 32)
  static let firmwareID = String(repeating: "f0", count: 32)

  /// - Parameter module: every byte of the module's build-ID.
  static func bytes(chip: UInt16 = 0xFF00, module: UInt8 = 0xAB) -> [UInt8] {
    let note = note(chip: chip, module: module)
    let noteOffset = 52 + 3 * 32
    let dataOffset = (noteOffset + note.count + 15) / 16 * 16
    var image: [UInt8] = [0x7F, 0x45, 0x4C, 0x46, 1, 1, 1] + zeros(9)
    image += half(3) + half(243) + word(1) + word(0) + word(52) + word(0) + word(0)
    image += half(52) + half(32) + half(3) + half(0) + half(0) + half(0)
    image += segment(type: 4, offset: noteOffset, address: 0, size: note.count, flags: 4, align: 4)
    image += segment(type: 1, offset: dataOffset, address: 0, size: 16, flags: 6, align: 16)
    image += segment(type: 1, offset: dataOffset + 16, address: 16, size: 4, flags: 5, align: 16)
    image += note
    image += zeros(dataOffset - image.count)
    image += zeros(16)
    image += word(0x8082_8082)  // c.ret, twice
    return image
  }

  /// One export at 16, one pointer at 4.
  private static func note(chip: UInt16, module: UInt8) -> [UInt8] {
    var descriptor = half(1) + half(120) + half(chip) + half(0) + word(0)
    descriptor += Array(repeating: 0xF0, count: 32) + Array(repeating: module, count: 32)
    descriptor += word(0x1234) + word(1) + word(0) + word(1) + word(1) + word(0) + word(0) + word(0)
    descriptor += word(0) + word(0) + word(0)
    descriptor += word(16) + word(4)
    return word(10) + word(UInt32(descriptor.count)) + word(1) + Array("hotreload\0\0\0".utf8)
      + descriptor
  }

  private static func segment(
    type: UInt32, offset: Int, address: UInt32, size: Int, flags: UInt32, align: UInt32
  ) -> [UInt8] {
    word(type) + word(UInt32(offset)) + word(address) + word(address) + word(UInt32(size))
      + word(UInt32(size)) + word(flags) + word(align)
  }

  private static func zeros(_ count: Int) -> [UInt8] { Array(repeating: 0, count: count) }

  private static func half(_ value: UInt16) -> [UInt8] {
    [UInt8(truncatingIfNeeded: value), UInt8(truncatingIfNeeded: value >> 8)]
  }

  private static func word(_ value: UInt32) -> [UInt8] {
    (0..<4).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
  }
}
