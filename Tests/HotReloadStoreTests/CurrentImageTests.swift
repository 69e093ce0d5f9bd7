import HotReloadPort
import HotReloadSimulator
import HotReloadStore
import Testing

@Suite struct `Current image` {
  private let old = image(1, count: 700)
  private let new = image(2, count: 900)

  private func flash(_ kind: NORFlash.Kind = .plain) -> NORFlash {
    NORFlash(eraseUnits: 4, eraseSize: 4096, kind)
  }

  @Test(arguments: NORFlash.Kind.allCases)
  func `there is none in erased flash`(kind: NORFlash.Kind) throws {
    #expect(try flash(kind).current() == nil)
  }

  @Test func `there is none in garbage`() throws {
    for seed in 0..<50 as Range<UInt64> {
      let flash = flash()
      flash.flash(image(seed, count: flash.bytes.count))
      #expect(try flash.current() == nil, "seed \(seed)")
    }
  }

  @Test func `is found with all that is known about it`() throws {
    let flash = flash()
    let stored = try flash.upload(old)
    #expect(try flash.current() == stored)
    #expect(stored.slot == .first)
    #expect(stored.offset == 512)
    #expect(stored.length == 700)
    #expect(stored.sequence == 1)
    #expect(stored.digest.isEqualInConstantTime(to: digest(old)))
    #expect(!stored.isPlain)
    #expect(!stored.isConfirmed)
    #expect(try flash.bytes(of: stored) == old)
  }

  @Test func `uploads take turns, the newest counts`() throws {
    let flash = flash()
    for round in 1...5 as ClosedRange<UInt64> {
      let image = image(round, count: 100 * Int(round))
      let stored = try flash.upload(image)
      #expect(stored.sequence == round)
      #expect(stored.slot == (round % 2 == 1 ? .first : .second))
      #expect(try flash.currentBytes() == image)
    }
  }

  /// Sequences of slot 0 and slot 1, and the slot that is current.
  @Test(
    arguments: [
      (1, 2, .second), (2, 1, .first), (0, 1, .second), (7, 7, .first), (0, 0, .first),
      (.max, .max, .first), (.max, 0, .second), (0, .max, .first), (.max - 1, .max, .second),
      (1 << 63 - 1, 1 << 63, .second), (1 << 63, 1 << 63 - 1, .first),
    ] as [(UInt64, UInt64, Slot)])
  func `is the one with the later sequence, and slot 0 between equals`(
    first: UInt64, second: UInt64, slot: Slot
  ) throws {
    let flash = flash()
    flash.flash(old, sequence: first)
    try flash.flashSecond(new, sequence: second)
    #expect(try flash.current()?.slot == slot)
    #expect(try flash.currentBytes() == (slot == .first ? old : new))
  }

  @Test func `the sequence wraps around, and uploads go on`() throws {
    let flash = flash()
    flash.flash(old, sequence: .max - 1)
    var sequences: [UInt64] = []
    for round in 0..<4 as Range<UInt64> {
      let image = image(10 + round, count: 64)
      let stored = try flash.upload(image)
      sequences.append(stored.sequence)
      try flash.confirm(stored)
      #expect(try flash.currentBytes() == image, "round \(round)")
    }
    #expect(sequences == [.max, 0, 1, 2])
  }

  @Test func `an image that is not what its header says does not count`() throws {
    let flash = flash()
    flash.flash(old, sequence: 1)
    try flash.flashSecond(new, sequence: 2)
    flash.flip(bit: 8 * (8192 + 512 + 899))
    #expect(try flash.currentBytes() == old)
    flash.flip(bit: 8 * 512)
    #expect(try flash.current() == nil)
  }

  /// Lengths in a header whose own digest is right.
  @Test(arguments: [0, 7681, 8192, 15872, 16384, 0x7FFF_FFFF, 0x8000_0000, 0xFFFF_FE00, .max])
  func `a length that is no length does not count`(length: UInt32) throws {
    let flash = flash()
    flash.flash(old, sequence: 1, length: length)
    #expect(try flash.current() == nil)
    try flash.flashSecond(new, sequence: 0)
    #expect(try flash.currentBytes() == new)
    #expect(try flash.current()?.slot == .second)
  }

  @Test func `an image of no bytes does not count, even with the digest of no bytes`() throws {
    let flash = flash()
    flash.flash([], sequence: 1)
    #expect(try flash.current() == nil)
  }

  @Test func `an image may fill its slot`() throws {
    let flash = flash()
    let full = image(3, count: 8192 - 512)
    try flash.upload(full)
    #expect(try flash.currentBytes() == full)
    try flash.upload(full.reversed())
    #expect(try flash.currentBytes() == full.reversed())
  }

  @Test func `a header of another format does not count`() throws {
    for byte in [0, 3, 4, 6] {
      let flash = flash()
      let header = NORFlash.slot(old, sequence: 1)
      var fields = Array(header[..<64])
      fields[byte] += 1
      let own = digest(fields)
      flash.flash(fields + own.bytes.indices.map { own.bytes[$0] } + header[96...])
      #expect(try flash.current() == nil, "byte \(byte)")
    }
  }

  @Test func `a failing flash is an error, not an empty store`() throws {
    let flash = flash()
    try flash.upload(old)
    flash.cutPower(after: 0, .before)
    #expect(throws: StoreError.flashFailed) { try flash.upload(new) }
    #expect(throws: StoreError.flashFailed) { try flash.current() }
  }
}
