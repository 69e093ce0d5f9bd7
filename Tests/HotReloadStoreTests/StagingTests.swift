import HotReloadPort
import HotReloadSoftwareCrypto
import HotReloadSimulator
import HotReloadStore
import Testing

@Suite struct `Staging an image` {
  private let old = image(1, count: 700)

  @Test(arguments: [1, 2, 3, 7, 15, 16, 17, 31, 33, 100, 4096, 10_000])
  func `takes chunks of any size`(chunkSize: Int) throws {
    for count in [1, 15, 16, 17, 3583, 3584, 3585, 3600, 7000] {
      let flash = NORFlash(eraseUnits: 4, eraseSize: 4096)
      let image = image(UInt64(count), count: count)
      let stored = try flash.upload(image, chunkSize: chunkSize)
      #expect(try flash.bytes(of: stored) == image, "\(count) bytes")
      let end = 512 + count
      #expect(flash.bytes[end..<(end + 15) / 16 * 16].allSatisfy { $0 == 0 }, "\(count) bytes")
    }
  }

  @Test func `takes chunks of changing size, and empty ones`() throws {
    let flash = NORFlash(eraseUnits: 4, eraseSize: 4096)
    var target = flash
    let image = image(5, count: 5000)
    var staging = try flash.store().stage(length: 5000, in: &target)
    var position = 0
    var size = 0
    while position < image.count {
      let chunk = Array(image[position..<min(position + size, image.count)])
      // Safety: UInt8 has no padding.
      try staging.write(unsafe chunk.span.bytes, to: &target)
      position += chunk.count
      size = (size + 5) % 37
      #expect(staging.remaining == UInt32(image.count - position))
    }
    let staged = try staging.finish(in: &target)
    #expect(staged.length == 5000)
    #expect(staged.digest.isEqualInConstantTime(to: digest(image)))
    _ = try staged.commit(in: &target)
    #expect(try flash.currentBytes() == image)
  }

  /// Erase unit, bytes of the image, units that it reaches into.
  @Test(arguments: [
    (4096, 1, 1), (4096, 3584, 1), (4096, 3585, 2), (4096, 7680, 2), (4096, 7681, 3),
    (65536, 60000, 1), (65536, 65024, 1), (65536, 65025, 2), (262144, 200_000, 1),
    (262144, 262_144, 2),
  ])
  func `erases the units that it needs, one by one, before it writes there`(
    eraseSize: Int, count: Int, units: Int
  ) throws {
    let flash = NORFlash(eraseUnits: 8, eraseSize: eraseSize)
    let store = try ModuleStore<QuickHasher>(flash.partition)
    try flash.upload(old, to: store)
    for slot in [4 * eraseSize, 0] {
      flash.emptyLog()
      try flash.upload(image(9, count: count), to: store)
      var erased = slot
      for operation in flash.operations {
        switch operation {
        case .erase(let range):
          #expect(range == erased..<erased + eraseSize)
          erased = range.upperBound
        case .write(let range):
          #expect(range.lowerBound >= slot && range.upperBound <= erased, "\(range)")
          // Not before it is needed: the write after an erase goes there, or to the header.
          #expect(range.lowerBound < slot + 288 || range.lowerBound >= erased - eraseSize)
        }
      }
      #expect(erased == slot + units * eraseSize)
    }
  }

  @Test func `writes the header record and then the mark, last`() throws {
    let flash = NORFlash(eraseUnits: 4, eraseSize: 4096)
    try flash.upload(image(1, count: 20), chunkSize: 7)
    #expect(
      flash.operations == [
        .erase(0..<4096), .write(512..<528), .write(528..<544), .write(0..<96), .write(96..<128),
      ])
  }

  @Test func `dropped at any time, leaves the store as it was`() throws {
    let flash = NORFlash(eraseUnits: 4, eraseSize: 4096)
    var target = flash
    let stored = try flash.upload(old)
    let store = try flash.store()
    do { _ = try store.stage(length: 5000, in: &target) }
    #expect(try flash.current() == stored)
    do {
      var staging = try store.stage(length: 5000, in: &target)
      try flash.write(image(2, count: 4999), to: &staging)
    }
    #expect(try flash.current() == stored)
    do {
      var staging = try store.stage(length: 5000, in: &target)
      try flash.write(image(2, count: 5000), to: &staging)
      _ = try staging.finish(in: &target)
    }
    #expect(try flash.current() == stored)
    #expect(try flash.bytes(of: stored) == old)
  }

  /// Which of slot 0 (older) and slot 1 are confirmed, and the slot that a new image goes into.
  @Test(
    arguments: [
      (false, false, .first), (false, true, .first), (true, true, .first), (true, false, .second),
    ] as [(Bool, Bool, Slot)])
  func `spares the newest confirmed image`(first: Bool, second: Bool, slot: Slot) throws {
    let flash = NORFlash(eraseUnits: 4, eraseSize: 4096)
    let older = try flash.upload(old)
    if first { try flash.confirm(older) }
    // Only where the second is confirmed did the first one, once, leave its slot to it.
    flash.flash(Array(flash.bytes[..<8192]) + NORFlash.staged(image(2, count: 90), sequence: 2))
    if second { try flash.confirm(try #require(try flash.current())) }
    let stored = try flash.upload(image(3, count: 800))
    #expect(stored.slot == slot)
    #expect(stored.sequence == (slot == .first ? 3 : 2))
    #expect(try flash.current() == stored)
    try flash.markBad(stored)
    #expect(try flash.currentBytes() == (slot == .first ? image(2, count: 90) : old))
  }

  @Test func `spares a plain image until the one in slot 1 is confirmed`() throws {
    let flash = NORFlash(eraseUnits: 4, eraseSize: 4096)
    flash.flash(PlainELF().bytes(count: 184))
    #expect(try flash.upload(old).slot == .second)
    let stored = try flash.upload(image(2, count: 90))
    #expect(stored.slot == .second)
    try flash.confirm(stored)
    #expect(try flash.upload(image(3, count: 800)).slot == .first)
  }

  @Test func `lends the image before it counts`() throws {
    let flash = NORFlash(eraseUnits: 4, eraseSize: 4096, .encrypted)
    var target = flash
    let image = image(2, count: 777)
    var staging = try flash.store().stage(length: 777, in: &target)
    try flash.write(image, chunkSize: 10, to: &staging)
    let staged = try staging.finish(in: &target)
    let seen = try staged.withBytes(in: flash) { bytes in
      // Safety: the closure gets initialised bytes and copies them.
      unsafe bytes.withUnsafeBytes { unsafe Array($0) }
    }
    #expect(seen == image)
    #expect(try flash.current() == nil)
  }

  @Test func `refuses lengths that no slot takes`() throws {
    let flash = NORFlash(eraseUnits: 4, eraseSize: 4096)
    var target = flash
    let stored = try flash.upload(old)
    let store = try flash.store()
    #expect(throws: StoreError.emptyImage) { _ = try store.stage(length: 0, in: &target) }
    for length in [7681, 8192, 16384, 0x8000_0000, .max] as [UInt32] {
      #expect(throws: StoreError.imageTooLarge, "\(length)") {
        _ = try store.stage(length: length, in: &target)
      }
    }
    #expect(try flash.current() == stored)
  }

  @Test func `refuses more than was announced, and takes none of it`() throws {
    let flash = NORFlash(eraseUnits: 4, eraseSize: 4096)
    var target = flash
    let image = image(4, count: 100)
    var staging = try flash.store().stage(length: 100, in: &target)
    try flash.write(Array(image[..<90]), to: &staging)
    #expect(throws: StoreError.imageTooLarge) { try flash.write(image, to: &staging) }
    #expect(staging.remaining == 10)
    try flash.write(Array(image[90...]), to: &staging)
    _ = try staging.finish(in: &target).commit(in: &target)
    #expect(try flash.currentBytes() == image)
  }

  @Test func `refuses less than was announced`() throws {
    let flash = NORFlash(eraseUnits: 4, eraseSize: 4096)
    var target = flash
    var staging = try flash.store().stage(length: 100, in: &target)
    try flash.write(image(4, count: 99), to: &staging)
    #expect(flash.failureOfFinishing(staging) == .imageIncomplete)
    #expect(try flash.current() == nil)
  }

  @Test func `does not go on after the flash failed`() throws {
    let flash = NORFlash(eraseUnits: 4, eraseSize: 4096)
    var target = flash
    var staging = try flash.store().stage(length: 64, in: &target)
    flash.cutPower(after: 0, .half(of: 2))
    #expect(throws: StoreError.flashFailed) { try flash.write(image(1, count: 32), to: &staging) }
    flash.restorePower()
    #expect(throws: StoreError.flashFailed) { try flash.write(image(1, count: 32), to: &staging) }
    #expect(flash.failureOfFinishing(staging) == .flashFailed)
  }

  @Test func `notices flash that does not read back`() throws {
    let flash = NORFlash(eraseUnits: 4, eraseSize: 4096)
    var target = flash
    var staging = try flash.store().stage(length: 64, in: &target)
    try flash.write(image(1, count: 64), to: &staging)
    flash.flip(bit: 8 * 520)
    #expect(flash.failureOfFinishing(staging) == .flashNotAsWritten)
  }
}

extension NORFlash {
  /// What `finish` throws. (The macro's closure could not consume `staging`.)
  fileprivate func failureOfFinishing(_ staging: consuming Staging<SoftwareSHA256>) -> StoreError? {
    var flash = self
    do throws(StoreError) {
      _ = try staging.finish(in: &flash)
      return nil
    } catch {
      return error
    }
  }
}
