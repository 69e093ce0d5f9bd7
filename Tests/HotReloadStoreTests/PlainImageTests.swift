import HotReloadPort
import HotReloadSimulator
import HotReloadStore
import Testing

@Suite struct `Plain image` {
  private func flash(_ elf: PlainELF, count: Int = 16384) -> NORFlash {
    let flash = NORFlash(eraseUnits: 4, eraseSize: 4096)
    flash.flash(elf.bytes(count: count))
    return flash
  }

  private func length(_ change: (inout PlainELF) -> Void) throws -> UInt32? {
    var elf = PlainELF()
    change(&elf)
    return try flash(elf).current()?.length
  }

  @Test func `is current, confirmed, with sequence 0`() throws {
    let flash = flash(PlainELF(), count: 184)
    let image = try #require(try flash.current())
    #expect(image.slot == .first)
    #expect(image.offset == 0)
    #expect(image.length == 184)
    #expect(image.sequence == 0)
    #expect(image.isPlain)
    #expect(image.isConfirmed)
    #expect(image.digest.isEqualInConstantTime(to: digest(PlainELF().bytes(count: 184))))
    #expect(try flash.bytes(of: image) == PlainELF().bytes(count: 184))
  }

  @Test func `ends where the last thing that its headers name ends`() throws {
    #expect(try length { $0.segments = [] } == 52)
    #expect(try length { $0.segments = [(1, 1000, 24), (1, 84, 100)] } == 1024)
    #expect(try length { $0.segments = [(1, 0, 10)] } == 84)
    #expect(try length { $0.segments = [(1, 84, 10), (0, .max, .max)] } == 116)
    #expect(try length { $0.programHeaderOffset = 5000 } == 5032)
    #expect(
      try length {
        $0.sectionHeaderOffset = 2000
        $0.sections = [(0, 0, 0), (1, 300, 700), (8, 0x7000_0000, .max)]
      } == 2120)
    #expect(
      try length {
        $0.sectionHeaderOffset = 184
        $0.sections = [(0, 0, 0), (3, 3000, 96)]
      } == 3096)
    #expect(try length { $0.segments = [(1, 0, 16384)] } == 16384)
  }

  @Test func `an empty table may say anything about its entries`() throws {
    #expect(
      try length {
        $0.sectionHeaderOffset = .max
        $0.sectionHeaderSize = 7
      } == 184)
  }

  @Test func `is none if anything lies outside the partition`() throws {
    let outside: [(inout PlainELF) -> Void] = [
      { $0.segments = [(1, 0, 16385)] },
      { $0.segments = [(1, 16385, 0)] },
      { $0.segments = [(1, 1, .max)] },
      { $0.segments = [(1, .max, 1)] },
      { $0.segments = [(1, .max, .max)] },
      { $0.segments = [(1, 0x8000_0000, 0x8000_0000)] },
      { $0.programHeaderOffset = 16384 - 31 },
      { $0.programHeaderOffset = .max - 30 },
      { $0.programHeaderCount = .max },
      {
        $0.sectionHeaderOffset = 1000
        $0.sections = [(1, 16000, 385)]
      },
      {
        $0.sectionHeaderOffset = 16384 - 79
        $0.sectionHeaderCount = 2
      },
      {
        $0.sectionHeaderOffset = .max
        $0.sectionHeaderCount = .max
      },
    ]
    for (index, change) in outside.enumerated() {
      #expect(try length(change) == nil, "case \(index)")
    }
  }

  @Test func `is none if it is not ELF32 little-endian with standard tables`() throws {
    for index in 0..<6 {
      #expect(try length { $0.identification[index] ^= 2 } == nil, "byte \(index)")
    }
    #expect(try length { $0.programHeaderSize = 56 } == nil)
    #expect(
      try length {
        $0.sectionHeaderOffset = 200
        $0.sectionHeaderCount = 1
        $0.sectionHeaderSize = 64
      } == nil)
  }

  @Test func `never crashes, whatever its headers say`() throws {
    var generator = SplitMix64(state: 3)
    let flash = flash(PlainELF(segments: [(1, 84, 100), (1, 500, 20)]))
    let original = Array(flash.bytes[..<256])
    for _ in 0..<2000 {
      var bytes = original
      for _ in 0..<Int.random(in: 1...6, using: &generator) {
        bytes[Int.random(in: 16..<120, using: &generator)] = UInt8.random(
          in: 0...255, using: &generator)
      }
      flash.flash(bytes)
      let image = try flash.current()
      #expect(image.map { $0.length <= 16384 } ?? true, "\(bytes)")
    }
  }

  @Test func `gives way to an upload into slot 1, and comes back if that is bad`() throws {
    let flash = flash(PlainELF(), count: 184)
    let new = image(2, count: 900)
    let stored = try flash.upload(new)
    #expect(stored.slot == .second)
    #expect(stored.sequence == 1)
    #expect(try flash.currentBytes() == new)
    try flash.markBad(stored)
    #expect(try flash.currentBytes() == PlainELF().bytes(count: 184))
  }

  @Test func `is overwritten once the one in slot 1 is known to be good`() throws {
    let flash = flash(PlainELF(), count: 184)
    try flash.confirm(try flash.upload(image(2, count: 900)))
    let third = image(3, count: 200)
    let stored = try flash.upload(third)
    #expect(stored.slot == .first)
    #expect(stored.sequence == 2)
    #expect(try flash.currentBytes() == third)
  }

  /// End of the image, and whether there is room for another one.
  @Test(arguments: [(8192, true), (8193, false), (16384, false)] as [(UInt32, Bool)])
  func `reaching beyond the middle, leaves no room for an upload`(
    end: UInt32, hasRoom: Bool
  ) throws {
    let flash = flash(PlainELF(segments: [(1, 84, end - 84)]), count: Int(end))
    let current = try #require(try flash.current())
    #expect(current.length == end)
    if hasRoom {
      try flash.upload(image(1, count: 10))
    } else {
      #expect(throws: StoreError.plainImageInTheWay) { try flash.upload(image(1, count: 10)) }
      #expect(flash.operations == [])
      #expect(try flash.current() == current)
    }
  }

  @Test func `takes no marks`() throws {
    let flash = flash(PlainELF(), count: 184)
    let image = try #require(try flash.current())
    try flash.confirm(image)
    #expect(throws: StoreError.imageReplaced) { try flash.markBad(image) }
    #expect(throws: StoreError.imageReplaced) { try flash.beginTrial(image) }
    #expect(flash.operations == [])
  }
}
