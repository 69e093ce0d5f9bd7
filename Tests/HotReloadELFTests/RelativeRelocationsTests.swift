import TestImages
import HotReloadELF
import Testing

@Suite struct RelativeRelocationsTests {
  private func decode(_ words: [UInt32]) throws(ELFError) -> [UInt32] {
    let bytes = [UInt8](words: words)
    var relocations = try RelativeRelocations(ByteView(bytes.raw))
    var addresses: [UInt32] = []
    while let address = try relocations.nextAddress() { addresses.append(address) }
    return addresses
  }

  @Test(
    arguments: [
      (words: [], addresses: []),
      (words: [0x100], addresses: [0x100]),
      (words: [0x100, 0x3], addresses: [0x100, 0x104]),
      (words: [0x100, 0x1], addresses: [0x100]),
      (words: [0x100, 0x8000_0001], addresses: [0x100, 0x100 + 31 * 4]),
      (words: [0x100, 0x1, 0x3], addresses: [0x100, 0x104 + 31 * 4]),
      (words: [0x100, 0x8000_0003, 0x3], addresses: [0x100, 0x104, 0x17C, 0x180]),
      (words: [0x100, 0x7, 0x200], addresses: [0x100, 0x104, 0x108, 0x200]),
      (words: [0xFFFF_FFFC, 0x3], addresses: [0xFFFF_FFFC, 0]),
    ] as [(words: [UInt32], addresses: [UInt32])])
  func decodes(words: [UInt32], addresses: [UInt32]) throws {
    #expect(try decode(words) == addresses)
  }

  @Test func refusesABitmapBeforeAnyAddress() {
    #expect(throws: ELFError.relrWithoutAddress) { try decode([0x3]) }
  }

  @Test(arguments: 1...3)
  func refusesPartsOfAWord(count: Int) {
    let bytes = [UInt8](repeating: 0, count: 4 + count)
    #expect(throws: ELFError.badEntrySize(4)) {
      _ = try RelativeRelocations(ByteView(bytes.raw))
    }
  }

  @Test(arguments: 0..<50)
  func decodesWhatIsEncoded(seed: UInt64) throws {
    var random = SplitMix(seed)
    var address: UInt32 = UInt32(random.next() % 64) * 4
    var addresses: [UInt32] = []
    for _ in 0..<random.next() % 200 {
      addresses.append(address)
      address += 4 * UInt32(1 + (random.next() % 4 == 0 ? random.next() % 100 : random.next() % 3))
    }
    #expect(try decode(encodeRELR(addresses)) == addresses)
  }
}
