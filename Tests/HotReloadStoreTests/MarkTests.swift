import HotReloadPort
import HotReloadSimulator
import HotReloadStore
import Testing

@Suite struct Marks {
  private let old = image(1, count: 700)
  private let new = image(2, count: 900)

  private func flash(_ kind: NORFlash.Kind = .plain) throws -> NORFlash {
    let flash = NORFlash(eraseUnits: 4, eraseSize: 4096, kind)
    try flash.upload(old)
    try flash.upload(new)
    return flash
  }

  @Test(arguments: NORFlash.Kind.allCases)
  func `a confirmed image says so`(kind: NORFlash.Kind) throws {
    let flash = try flash(kind)
    let image = try #require(try flash.current())
    try flash.confirm(image)
    #expect(try flash.current()?.isConfirmed == true)
    #expect(try flash.currentBytes() == new)
  }

  @Test(arguments: NORFlash.Kind.allCases)
  func `a bad image gives way to the other slot's, and to the next upload`(
    kind: NORFlash.Kind
  ) throws {
    let flash = try flash(kind)
    try flash.markBad(try #require(try flash.current()))
    #expect(try flash.currentBytes() == old)

    let third = image(3, count: 50)
    let stored = try flash.upload(third)
    #expect(stored.slot == .second)
    #expect(stored.sequence == 2)
    #expect(try flash.currentBytes() == third)
  }

  @Test func `when both are bad there is none, and an upload goes on from there`() throws {
    let flash = try flash()
    try flash.markBad(try #require(try flash.current()))
    try flash.markBad(try #require(try flash.current()))
    #expect(try flash.current() == nil)
    let third = image(3, count: 50)
    #expect(try flash.upload(third).sequence == 3)
    #expect(try flash.currentBytes() == third)
  }

  @Test func `a confirmed image can become bad`() throws {
    let flash = try flash()
    let image = try #require(try flash.current())
    try flash.confirm(image)
    try flash.markBad(image)
    #expect(try flash.currentBytes() == old)
  }

  @Test func `a mark is written once`() throws {
    let flash = try flash()
    let image = try #require(try flash.current())
    flash.emptyLog()
    for _ in 0..<3 { try flash.confirm(image) }
    for _ in 0..<3 { try flash.markBad(image) }
    #expect(flash.operations == [.write(8416..<8448), .write(8448..<8480)])
  }

  @Test func `an image that is no longer there is not marked`() throws {
    let flash = try flash()
    let image = try #require(try flash.current())
    try flash.upload(old)
    try flash.upload(old)
    flash.emptyLog()
    #expect(throws: StoreError.imageReplaced) { try flash.confirm(image) }
    #expect(throws: StoreError.imageReplaced) { try flash.markBad(image) }
    #expect(flash.operations == [])
  }

  @Test func `nor is the same image, stored again`() throws {
    let flash = try flash()
    let image = try #require(try flash.current())
    try flash.upload(old)
    try flash.upload(new)
    #expect(throws: StoreError.imageReplaced) { try flash.markBad(image) }
    #expect(try flash.currentBytes() == new)
  }

  @Test func `a slot that is being written is not marked`() throws {
    let flash = try flash()
    var target = flash
    let older = try #require(try flash.current())
    try flash.upload(old)
    var staging = try flash.store().stage(length: 900, in: &target)
    #expect(throws: StoreError.imageReplaced) { try flash.markBad(older) }
    try flash.write(new, to: &staging)
    _ = try staging.finish(in: &target).commit(in: &target)
    #expect(try flash.currentBytes() == new)
  }

  @Test func `trial marks of later versions do not confuse`() throws {
    let flash = NORFlash(eraseUnits: 4, eraseSize: 4096)
    var slot = NORFlash.slot(old, sequence: 1)
    for offset in [128, 160, 192] {
      slot.replaceSubrange(offset..<offset + 32, with: "hotreload markedhotreload marked".utf8)
    }
    flash.flash(slot)
    #expect(try flash.currentBytes() == old)
    try flash.markBad(try #require(try flash.current()))
    #expect(try flash.current() == nil)
  }

  @Test func `a mark that does not read back is an error, or the end of the slot if it is "bad"`()
    throws
  {
    let flash = try flash()
    let image = try #require(try flash.current())
    flash.wearOut(8416)
    #expect(throws: StoreError.flashNotAsWritten) { try flash.confirm(image) }
    #expect(try flash.current() == image)
    flash.wearOut(8448)
    try flash.markBad(image)
    #expect(flash.operations.last == .erase(8192..<12288))
    #expect(try flash.currentBytes() == old)
  }

  @Test func `flash that takes nothing is an error`() throws {
    let flash = try flash()
    var slot = NORFlash.slot(old, sequence: 9)
    // An encrypting flash tool leaves nothing erased in what it writes.
    slot.replaceSubrange(224..<288, with: image(4, count: 64))
    let stuck = StuckFlash(flash)
    flash.flash(slot)
    var target = stuck
    let image = try #require(try flash.current())
    #expect(throws: StoreError.flashNotAsWritten) {
      try flash.store().confirm(image, in: &target)
    }
    #expect(try flash.current() == image)
  }
}

/// Flash whose writes change nothing.
private struct StuckFlash: FlashPort {
  private let flash: NORFlash

  init(_ flash: NORFlash) { self.flash = flash }

  func partition(labelled label: PartitionLabel) throws(FlashError) -> Partition { flash.partition }

  func withMapped<Value>(
    _ partition: Partition, offset: UInt32, count: UInt32, _ body: (RawSpan) -> Value
  ) throws(FlashError) -> Value {
    try flash.withMapped(partition, offset: offset, count: count, body)
  }

  func erase(_ partition: Partition, offset: UInt32, count: UInt32) throws(FlashError) {}
  func write(_ bytes: RawSpan, to partition: Partition, offset: UInt32) throws(FlashError) {}
}
