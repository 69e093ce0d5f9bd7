import HotReloadPort
import HotReloadStore
import Testing

/// One upload, operation by operation.
private struct Geometry: CustomTestStringConvertible {
  var eraseSize: Int
  var kind: NORFlash.Kind
  /// Uploads before the one that is cut: with each, the slots change sides.
  var generations: Int

  var testDescription: String { "\(eraseSize >> 10) KiB, \(kind), \(generations) before" }

  static let all = eraseSizes.flatMap { eraseSize in
    NORFlash.Kind.allCases.flatMap { kind in
      (0...2).map { Geometry(eraseSize: eraseSize, kind: kind, generations: $0) }
    }
  }

  /// Long enough for a second erase unit.
  func image(_ generation: Int) -> [UInt8] {
    HotReloadStoreTests.image(UInt64(generation), count: eraseSize + 1000 + generation)
  }

  /// The store before the upload.
  func prepared() throws -> NORFlash {
    let flash = NORFlash(eraseUnits: 4, eraseSize: eraseSize, kind)
    for generation in 0..<generations { try upload(image(generation), to: flash) }
    flash.emptyLog()
    return flash
  }

  func upload(_ image: [UInt8], to flash: NORFlash) throws {
    try flash.upload(image, chunkSize: eraseSize / 2 + 5, to: store(flash))
  }

  func store(_ flash: NORFlash) throws -> ModuleStore<QuickHasher> {
    try ModuleStore(flash.partition)
  }

  /// The current image after a restart.
  func current(_ flash: NORFlash) throws -> [UInt8]? {
    let store = try store(flash)
    guard let image = try store.currentImage(in: flash) else { return nil }
    return try flash.bytes(of: image)
  }
}

@Suite struct `Power cuts` {
  @Test(arguments: Geometry.all)
  fileprivate func `leave the old image until half of the staged mark is written`(
    geometry: Geometry
  ) throws {
    let before = try geometry.prepared()
    let old = geometry.generations == 0 ? nil : geometry.image(geometry.generations - 1)
    let new = geometry.image(100)
    let clean = NORFlash(copying: before)
    try geometry.upload(new, to: clean)
    #expect(try geometry.current(clean) == new)
    #expect(clean.operations.count >= 8)

    for operation in clean.operations.indices {
      for tear in NORFlash.Tear.allCases {
        let comment: Comment = "\(tear) of \(clean.operations[operation])"
        let flash = NORFlash(copying: before)
        flash.cutPower(after: operation, tear)
        #expect(throws: StoreError.flashFailed, comment) { try geometry.upload(new, to: flash) }
        flash.restorePower()
        let isStaged = operation == clean.operations.count - 1 && tear != .nothing
        #expect(try geometry.current(flash) == (isStaged ? new : old), comment)

        try geometry.upload(new, to: flash)
        #expect(try geometry.current(flash) == new, comment)
      }
    }
  }

  @Test(arguments: NORFlash.Kind.allCases)
  func `leave a mark set or not set, and then it can be set`(kind: NORFlash.Kind) throws {
    let before = NORFlash(eraseUnits: 4, eraseSize: 4096, kind)
    let old = image(1, count: 700)
    let new = image(2, count: 900)
    try before.upload(old)
    let stored = try before.upload(new)
    for tear in NORFlash.Tear.allCases {
      let flash = NORFlash(copying: before)
      flash.cutPower(after: 0, tear)
      #expect(throws: StoreError.flashFailed) { try flash.markBad(stored) }
      flash.restorePower()
      #expect(try flash.currentBytes() == (tear == .nothing ? new : old), "\(tear)")
      try flash.markBad(stored)
      #expect(try flash.currentBytes() == old, "\(tear)")
    }
    for tear in NORFlash.Tear.allCases {
      let flash = NORFlash(copying: before)
      flash.cutPower(after: 0, tear)
      #expect(throws: StoreError.flashFailed) { try flash.confirm(stored) }
      flash.restorePower()
      #expect(try flash.current()?.isConfirmed == (tear != .nothing), "\(tear)")
      try flash.confirm(stored)
      #expect(try flash.current()?.isConfirmed == true, "\(tear)")
    }
  }

  @Test(arguments: eraseSizes)
  func `do not bring a bad image back while its slot is erased`(eraseSize: Int) throws {
    let before = NORFlash(eraseUnits: 4, eraseSize: eraseSize)
    let old = image(1, count: 700)
    try before.upload(old)
    try before.markBad(try before.upload(image(2, count: 900)))
    for tear in NORFlash.Tear.allCases {
      let flash = NORFlash(copying: before)
      flash.cutPower(after: 0, tear)
      #expect(throws: StoreError.flashFailed) { try flash.upload(image(3, count: 100)) }
      flash.restorePower()
      #expect(try flash.currentBytes() == old, "\(tear)")
    }
  }
}
