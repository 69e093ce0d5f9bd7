import HotReloadSimulator
import HotReloadStore
import Testing

@Suite struct `An image on trial` {
  private let old = image(1, count: 700)
  private let new = image(2, count: 900)

  private func flash(_ kind: NORFlash.Kind = .plain) throws -> NORFlash {
    let flash = NORFlash(eraseUnits: 4, eraseSize: 4096, kind)
    try flash.upload(old)
    try flash.upload(new)
    flash.emptyLog()
    return flash
  }

  @Test(arguments: NORFlash.Kind.allCases)
  func `has three attempts, one mark each`(kind: NORFlash.Kind) throws {
    let flash = try flash(kind)
    for attempt in 1...3 {
      let image = try #require(try flash.current())
      #expect(image.trialAttempts == attempt - 1)
      #expect(try flash.beginTrial(image))
      #expect(try flash.currentBytes() == new)
    }
    let image = try #require(try flash.current())
    #expect(image.trialAttempts == 3)
    #expect(try !flash.beginTrial(image))
    #expect(!image.isConfirmed)
    #expect(
      flash.operations == [.write(8320..<8352), .write(8352..<8384), .write(8384..<8416)])
  }

  @Test func `can be confirmed and marked bad after any attempt`() throws {
    for attempts in 0...3 {
      let flash = try flash()
      let image = try #require(try flash.current())
      for _ in 0..<attempts { #expect(try flash.beginTrial(image)) }
      try flash.confirm(image)
      #expect(try flash.current()?.isConfirmed == true)
      #expect(try flash.current()?.trialAttempts == attempts)
      try flash.markBad(image)
      #expect(try flash.currentBytes() == old)
    }
  }

  @Test(arguments: [0, 1, 2])
  func `has one attempt less for each mark that cannot be written`(broken: Int) throws {
    let flash = try flash()
    let image = try #require(try flash.current())
    flash.wearOut(8320 + 32 * broken)
    #expect(try flash.beginTrial(image))
    #expect(try flash.beginTrial(image))
    #expect(try !flash.beginTrial(image))
    #expect(try flash.current()?.trialAttempts == 2)
  }

  @Test func `does not begin when it is no longer there`() throws {
    let flash = try flash()
    let image = try #require(try flash.current())
    try flash.upload(old)
    try flash.upload(old)
    flash.emptyLog()
    #expect(throws: StoreError.imageReplaced) { try flash.beginTrial(image) }
    #expect(flash.operations == [])
  }
}
