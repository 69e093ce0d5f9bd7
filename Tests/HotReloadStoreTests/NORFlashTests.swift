import HotReloadPort
import HotReloadSimulator
import Testing

/// The fake has to be able to fail.
@Suite struct `NOR flash of the tests` {
  private func write(_ bytes: [UInt8], to flash: NORFlash, at offset: UInt32) throws(FlashError) {
    // Safety: UInt8 has no padding.
    try unsafe flash.write(bytes.span.bytes, to: flash.partition, offset: offset)
  }

  @Test func `notices a unit written twice`() throws {
    let flash = NORFlash(eraseUnits: 2, eraseSize: 4096)
    let unit = [UInt8](repeating: 1, count: 16)
    try write(unit, to: flash, at: 32)
    withKnownIssue { try write(unit, to: flash, at: 32) }
    try flash.erase(flash.partition, offset: 0, count: 4096)
    try write(unit, to: flash, at: 32)
  }

  @Test func `notices what is not aligned or outside`() throws {
    let flash = NORFlash(eraseUnits: 2, eraseSize: 4096)
    withKnownIssue { try write([UInt8](repeating: 1, count: 16), to: flash, at: 8) }
    withKnownIssue { try write([UInt8](repeating: 1, count: 15), to: flash, at: 0) }
    withKnownIssue { try write([UInt8](repeating: 1, count: 16), to: flash, at: 8192) }
    withKnownIssue { try flash.erase(flash.partition, offset: 2048, count: 4096) }
  }

  @Test func `takes an interrupted write again, with the same bytes only`() throws {
    let flash = NORFlash(eraseUnits: 2, eraseSize: 4096)
    let bytes = [UInt8](0..<32)
    flash.cutPower(after: 0, .parts(.done, 1, .noise, 2, .old))
    #expect(throws: FlashError.failed) { try write(bytes, to: flash, at: 0) }
    #expect(throws: FlashError.failed) { try write(bytes, to: flash, at: 64) }
    flash.restorePower()
    #expect(Array(flash.bytes[..<16]) == Array(bytes[..<16]))
    #expect(Array(flash.bytes[16..<32]) != Array(bytes[16..<32]))
    withKnownIssue { try write(bytes.reversed(), to: NORFlash(copying: flash), at: 0) }
    try write(bytes, to: flash, at: 0)
    #expect(Array(flash.bytes[..<32]) == bytes)
  }

  @Test func `reads as garbage when erased and encrypted`() {
    let flash = NORFlash(eraseUnits: 2, eraseSize: 4096, .encrypted)
    #expect(flash.bytes.filter { $0 == 0xFF }.count < 100)
  }
}
