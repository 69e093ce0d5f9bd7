import HotReloadPort
import HotReloadSimulator
import HotReloadStore
import Testing

@Suite struct `Bit flips` {
  /// Header record and marks.
  private static let bits = 0..<288 * 8

  @Test(arguments: [Slot.first, .second])
  func `in the current slot give that image or the other`(slot: Slot) throws {
    let other = image(1, count: 70)
    let current = image(2, count: 90)
    let whole = NORFlash(eraseUnits: 4, eraseSize: 4096)
    if slot == .first { try whole.upload(image(0, count: 10)) }
    try whole.upload(other)
    try whole.confirm(try whole.upload(current))
    let stored = try #require(try whole.current())
    #expect(stored.slot == slot)

    var lost = 0
    for bit in Self.bits {
      let flash = NORFlash(copying: whole)
      flash.flip(bit: bit + 8 * Int(stored.offset - 512))
      let found = try flash.currentBytes()
      #expect(found == current || found == other, "bit \(bit)")
      if found == other { lost += 1 }
    }
    // All of the record matters. No mark comes or goes by one bit.
    #expect(lost == 96 * 8)
  }

  @Test func `in the older slot change nothing`() throws {
    let flash = NORFlash(eraseUnits: 4, eraseSize: 4096)
    try flash.upload(image(1, count: 70))
    let current = image(2, count: 90)
    try flash.upload(current)
    for bit in Self.bits {
      flash.flip(bit: bit)
      #expect(try flash.currentBytes() == current, "bit \(bit)")
      flash.flip(bit: bit)
    }
  }

  @Test func `in the only slot give that image or none`() throws {
    let flash = NORFlash(eraseUnits: 4, eraseSize: 4096)
    let only = image(1, count: 70)
    try flash.upload(only)
    for bit in Self.bits {
      flash.flip(bit: bit)
      let found = try flash.currentBytes()
      #expect(found == (bit < 96 * 8 ? nil : only), "bit \(bit)")
      flash.flip(bit: bit)
    }
  }

  @Test func `do not bring back a bad image`() throws {
    let flash = NORFlash(eraseUnits: 4, eraseSize: 4096)
    let old = image(1, count: 70)
    let bad = image(2, count: 90)
    try flash.upload(old)
    try flash.markBad(try flash.upload(bad))
    for bit in Self.bits {
      flash.flip(bit: 8 * 8192 + bit)
      #expect(try flash.currentBytes() == old, "bit \(bit)")
      flash.flip(bit: 8 * 8192 + bit)
    }
  }
}
