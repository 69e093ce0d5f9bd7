import HotReloadELF
import Testing

@testable import HotReloadBuild

struct RelativeEncoderTests {
  static let lists: [[UInt32]] = [
    [], [0], [0, 4], [8, 12, 16, 24], [0, 124], [0, 128], [0, 4, 124, 128, 248, 252],
    Array(stride(from: 0, to: 1000, by: 4)), Array(stride(from: 4, to: 1000, by: 128)),
    [0, 0xFFFF_FFF8, 0xFFFF_FFFC],
  ]

  @Test(
    arguments: [
      ([], []), ([16], [16]), ([16, 20], [16, 0b11]), ([0, 124], [0, 1 << 31 | 1]),
      ([0, 128], [0, 128]), ([0, 4, 128], [0, 3, 3]),
    ] as [([UInt32], [UInt32])])
  func `addresses become words and bitmaps`(addresses: [UInt32], words: [UInt32]) {
    #expect(RelativeEncoder.words(addresses) == words)
  }

  @Test(arguments: lists)
  func `the chip's decoder finds what was encoded`(addresses: [UInt32]) throws {
    var bytes = LittleEndianBytes()
    for word in RelativeEncoder.words(addresses) { bytes.append(word) }
    let encoded = bytes.bytes
    var decoder = try RelativeRelocations(ByteView(encoded.span.raw))
    var found: [UInt32] = []
    while let address = try decoder.nextAddress() { found.append(address) }
    #expect(found == addresses)
  }
}
