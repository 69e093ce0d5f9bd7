import HotReloadBuild
import HotReloadDelta
import TestImages
import Testing

/// What the tool encodes, the chip decodes.
@Suite struct DeltaEncoderTests {
  @Test(arguments: Fixture.all) func imagesComeBack(name: String) throws {
    let image = try Fixture.bytes(name)
    let encoded = DeltaEncoder.encode(image)
    #expect(decode(encoded) == .image(image))
    #expect(encoded.count < image.count)
  }

  @Test func imagesComeBackFromEachOther() throws {
    for name in Fixture.all {
      let image = try Fixture.bytes(name)
      for other in Fixture.all {
        let base = try Fixture.bytes(other)
        let encoded = DeltaEncoder.encode(image, base: base)
        #expect(decode(encoded, base: base) == .image(image), "\(name) from \(other)")
      }
    }
  }

  @Test func aChangedByteIsAllThatIsSent() throws {
    let base = try Fixture.bytes("relr.so")
    for place in [0, 1, base.count / 2, base.count - 1] {
      var image = base
      image[place] ^= 0x55
      let encoded = DeltaEncoder.encode(image, base: base)
      #expect(decode(encoded, base: base) == .image(image), "at \(place)")
      // Header, two tokens with numbers, the byte.
      #expect(encoded.count <= 46 + 2 * 4 + 1, "at \(place)")
    }
  }

  @Test func anInsertionIsNearlyAllThatIsSent() throws {
    let base = try Fixture.bytes("relr.so")
    let added = Array("a function that was not there".utf8)
    let image = base[..<700] + added + base[700...]
    let encoded = DeltaEncoder.encode(Array(image), base: base)
    #expect(decode(encoded, base: base) == .image(Array(image)))
    #expect(encoded.count <= 46 + added.count + 12)
  }

  @Test func theWindowIsNoLargerThanItHasToBe() {
    for (distance, window) in [(1, 8), (255, 8), (256, 9), (4095, 12), (4096, 13), (8191, 13)] {
      var random = SplitMix(UInt64(distance))
      let bytes = (0..<distance).map { _ in UInt8.random(in: 0...255, using: &random) }
      let image = bytes + bytes.prefix(64)
      let encoded = DeltaEncoder.encode(image)
      #expect(decode(encoded) == .image(image))
      #expect(encoded[1] == UInt8(window), "\(distance) bytes back")
    }
  }

  @Test func whatIsFurtherBackThanTheWindowIsSentAgain() {
    var random = SplitMix(5)
    let bytes = (0..<8192).map { _ in UInt8.random(in: 0...255, using: &random) }
    let encoded = DeltaEncoder.encode(bytes + bytes)
    #expect(decode(encoded) == .image(bytes + bytes))
    #expect(encoded.count > 16_000)
  }

  @Test(arguments: 0..<200 as Range<UInt64>) func anyBytesComeBack(seed: UInt64) {
    var random = SplitMix(seed)
    let base = bytes(&random)
    var image = seed % 3 == 0 ? bytes(&random) : base
    for _ in 0..<Int.random(in: 0...12, using: &random) {
      let start = Int.random(in: 0...image.count, using: &random)
      let end = Int.random(in: start...min(image.count, start + 40), using: &random)
      let source = Int.random(in: 0...base.count, using: &random)
      let other = base[source..<min(base.count, source + Int.random(in: 0...60, using: &random))]
      image.replaceSubrange(start..<end, with: other)
    }
    if image.isEmpty { image = [1] }
    let piece = Int.random(in: 1...64, using: &random)
    #expect(decode(DeltaEncoder.encode(image), piece: piece) == .image(image), "seed \(seed)")
    let delta = DeltaEncoder.encode(image, base: base)
    #expect(decode(delta, base: base, piece: piece) == .image(image), "seed \(seed)")
    #expect(DeltaEncoder.encode(image, base: base) == delta, "the same again, seed \(seed)")
  }

  /// Up to 2,000 bytes of up to 256 different ones.
  private func bytes(_ random: inout SplitMix) -> [UInt8] {
    let most = UInt8.random(in: 1...255, using: &random)
    return (0..<Int.random(in: 0...2000, using: &random)).map { _ in
      UInt8.random(in: 0...most, using: &random)
    }
  }
}
