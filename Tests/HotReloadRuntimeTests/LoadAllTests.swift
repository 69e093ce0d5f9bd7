import HotReloadLoader
import HotReloadPort
import HotReloadRuntime
import HotReloadSimulator
import HotReloadStore
import TestImages
import Testing

/// `hotreload_reload_all`: all or nothing (FEATURES B17, B8, DESIGN decision 10).
@Suite struct LoadAllTests {
  /// A device that runs version 1, 2 and 3, and has 4, 5 and 6 waiting, changed as a test needs.
  private func waiting(
    _ change: (Int, inout PackedImageBuilder) -> Void = { _, _ in }
  ) throws -> TestBench {
    let bench = TestBench()
    for index in 0..<3 {
      try bench.store(bench.hookedModule(version: UInt8(1 + index), for: index), in: index)
    }
    try bench.device.runtime.loadAll()
    for index in 0..<3 {
      let image = bench.hookedModule(version: UInt8(4 + index), for: index) { change(index, &$0) }
      try bench.store(image, in: index)
    }
    _ = bench.calls()
    return bench
  }

  /// Expects that loading all fails and leaves everything as it was; returns what the modules were told.
  private func expectUnchanged(
    _ bench: TestBench, after error: RuntimeError,
    sourceLocation: SourceLocation = #_sourceLocation
  ) -> [String] {
    let slots = bench.slots
    let blocks = bench.device.memory.blocks
    #expect(throws: error, sourceLocation: sourceLocation) {
      try bench.device.runtime.loadAll()
    }
    #expect(bench.runningVersions == [1, 2, 3], sourceLocation: sourceLocation)
    #expect(bench.slots == slots, sourceLocation: sourceLocation)
    #expect(bench.device.memory.blocks == blocks, sourceLocation: sourceLocation)
    #expect(bench.lastError == error, sourceLocation: sourceLocation)
    return bench.calls()
  }

  @Test func allModulesChangeTogether() throws {
    let bench = try waiting()
    try bench.device.runtime.loadAll()
    #expect(bench.runningVersions == [4, 5, 6])
    #expect(
      bench.calls() == [
        "1 unload(replacement)", "2 unload(replacement)", "3 unload(replacement)",
        "4 construct", "4 load(replacement)", "5 construct", "5 load(replacement)",
        "6 construct", "6 load(replacement)",
        "1 destruct", "2 destruct", "3 destruct",
      ])
    #expect(bench.device.memory.blocks.count == 3)
    #expect(!bench.isUpdateAvailable)
    #expect(bench.reloadCount == 3)
  }

  @Test(arguments: 0..<3)
  func aModuleThatRunsAlreadyIsToldNothing(place: Int) throws {
    let bench = TestBench()
    for index in 0..<3 {
      try bench.store(bench.hookedModule(version: UInt8(1 + index), for: index), in: index)
    }
    try bench.device.runtime.loadAll()
    try bench.store(bench.hookedModule(version: 7, for: place), in: place)
    let blocks = bench.device.memory.blocks
    _ = bench.calls()
    try bench.device.runtime.loadAll()
    #expect(
      bench.calls() == [
        "\(1 + place) unload(replacement)", "7 construct", "7 load(replacement)",
        "\(1 + place) destruct",
      ])
    #expect(bench.device.memory.blocks.filter(blocks.contains).count == 2)
    #expect(bench.device.memory.blocks.count == 3)
    #expect(bench.reloadCount == 1)
    #expect(!bench.isUpdateAvailable)
  }

  @Test func whenAllRunAlreadyNothingHappens() throws {
    let bench = TestBench()
    for index in 0..<2 {
      try bench.store(bench.hookedModule(version: UInt8(1 + index), for: index), in: index)
    }
    try bench.device.runtime.loadAll()
    let slots = bench.slots
    // Once more the same.
    try bench.store(bench.hookedModule(version: 1))
    _ = bench.calls()
    try bench.device.runtime.loadAll()
    #expect(bench.calls() == [])
    #expect(bench.slots == slots)
    #expect(bench.reloadCount == 0)
    #expect(!bench.isUpdateAvailable, "it waits no longer")
  }

  @Test func storingWhatRunsUndoesAFailure() throws {
    let bench = TestBench()
    try bench.store(bench.hookedModule(version: 1))
    try bench.device.runtime.loadAll()
    try bench.store(bench.hookedModule(version: 2) { $0.chip = 5 })
    #expect(throws: RuntimeError.image(.wrongChip(found: 5, expected: 13))) {
      try bench.device.runtime.loadAll()
    }
    try bench.device.runtime.loadAll()
    #expect(bench.lastError != nil, "what ran before undoes nothing")
    try bench.store(bench.hookedModule(version: 1))
    try bench.device.runtime.loadAll()
    #expect(bench.lastError == nil)
  }

  @Test func noSlotChangesBeforeTheLastModuleAgrees() throws {
    let bench = try waiting()
    let before = bench.slots
    var seen: [[[UInt32?]]] = []
    bench.device.code.loadAnswer = { _, _ in
      seen.append(bench.slots)
      return 0
    }
    try bench.device.runtime.loadAll()
    #expect(seen == [before, before, before])
  }

  @Test func aPartitionWithoutImageIsPassedOver() throws {
    let bench = TestBench()
    try bench.store(bench.module(version: 1), in: 0)
    try bench.store(bench.module(version: 3, for: 2), in: 2)
    try bench.device.runtime.loadAll()
    #expect(bench.runningVersions == [1, nil, 3])
  }

  @Test func withoutAnyImageThereIsNothingToLoad() {
    let bench = TestBench()
    #expect(throws: RuntimeError.noImage) { try bench.device.runtime.loadAll() }
  }

  @Test(arguments: 0..<3, TransactionTests.failures)
  func aBadImageKeepsTheOthersOut(place: Int, failure: TransactionTests.Failure) throws {
    let bench = try waiting { index, builder in
      if index == place { failure.change(&builder, TestBench()) }
    }
    #expect(expectUnchanged(bench, after: failure.error(bench)) == [], "nobody was told")
  }

  @Test(arguments: 0..<3)
  func outOfMemoryForOneKeepsTheOthersOut(allocations: Int) throws {
    let bench = try waiting()
    bench.device.memory.allocationsUntilFailure = allocations
    #expect(expectUnchanged(bench, after: .memory(.outOfMemory)) == [])
    bench.device.memory.allocationsUntilFailure = nil
    try bench.device.runtime.loadAll()
    #expect(bench.runningVersions == [4, 5, 6], "memory may come back")
  }

  @Test func aFlashThatCannotBeReadKeepsAllOut() throws {
    // Every mapping of a run that succeeds fails once.
    let reference = try waiting()
    reference.device.flash.mappings = 0
    try reference.device.runtime.loadAll()
    let count = reference.device.flash.mappings
    #expect(count > 12)
    for failing in 0..<count {
      let bench = try waiting()
      let slots = bench.slots
      bench.device.flash.mappingsUntilFailure = failing
      #expect(throws: RuntimeError.store(.flashFailed), "mapping \(failing) of \(count)") {
        try bench.device.runtime.loadAll()
      }
      #expect(bench.runningVersions == [1, 2, 3], "mapping \(failing) of \(count)")
      #expect(bench.slots == slots, "mapping \(failing) of \(count)")
      #expect(bench.device.memory.blocks.count == 3, "mapping \(failing) of \(count)")
      #expect(bench.calls() == [], "mapping \(failing) of \(count)")
    }
  }

  static let refusals = [
    [
      "4 construct", "4 load(replacement)", "4 destruct",
    ],
    [
      "4 construct", "4 load(replacement)", "5 construct", "5 load(replacement)",
      "5 destruct", "4 unload(replacement)", "4 destruct",
    ],
    [
      "4 construct", "4 load(replacement)", "5 construct", "5 load(replacement)",
      "6 construct", "6 load(replacement)",
      "6 destruct", "5 unload(replacement)", "5 destruct", "4 unload(replacement)", "4 destruct",
    ],
  ]

  @Test(arguments: 0..<3)
  func oneRefusalUndoesAll(place: Int) throws {
    let bench = try waiting()
    bench.refuse(version: 4 + place, with: 7)
    let told = expectUnchanged(bench, after: .refused(7))
    let gone = ["1 unload(replacement)", "2 unload(replacement)", "3 unload(replacement)"]
    let restored = ["1 load(restored)", "2 load(restored)", "3 load(restored)"]
    #expect(told == gone + Self.refusals[place] + restored)
  }

  @Test(arguments: 0..<3)
  func aLoopOverPendingUpdatesEndsWithTheGoodOnes(place: Int) throws {
    let bench = try waiting()
    bench.refuse(version: 4 + place, with: 7)
    var attempts = 0
    while bench.isUpdateAvailable, attempts < 10 {
      attempts += 1
      _ = try? bench.device.runtime.loadAll()
    }
    #expect(attempts == 2, "one that fails, one without the bad image")
    #expect(bench.lastError == .refused(7), "not forgotten because the others run")
    var expected: [UInt8?] = [4, 5, 6]
    expected[place] = UInt8(1 + place)
    #expect(bench.runningVersions == expected)
  }

  @Test func aLoopWithoutMemoryEndsAtOnce() throws {
    let bench = try waiting()
    bench.device.memory.allocationsUntilFailure = 0
    var attempts = 0
    while bench.isUpdateAvailable, attempts < 10 {
      attempts += 1
      _ = try? bench.device.runtime.loadAll()
    }
    #expect(attempts == 2, "the module that failed waits no longer, then none does")
  }

  @Test func atBootTheImageBeforeABadOneIsTakenAtOnce() throws {
    let bench = try waiting { index, builder in if index == 1 { builder.chip = 5 } }
    bench.device.restart()
    try bench.device.runtime.loadAll()
    #expect(bench.runningVersions == [4, 2, 6])
  }

  @Test func atBootAPartitionWithBadImagesOnlyIsAFailure() throws {
    let bench = TestBench()
    try bench.store(bench.module(version: 1), in: 0)
    try bench.store(bench.module(version: 2, for: 1) { $0.chip = 5 }, in: 1)
    #expect(throws: RuntimeError.image(.wrongChip(found: 5, expected: 13))) {
      try bench.device.runtime.loadAll()
    }
    #expect(bench.runningVersions == [nil, nil, nil])
    try bench.device.runtime.loadAll()
    #expect(bench.runningVersions == [1, nil, nil], "from then on it holds no image")
  }

  @Test func everyModuleKeepsItsOwnState() throws {
    func keep(_ builder: inout PackedImageBuilder) {
      builder.kept = [0, 1, 8, 4]
      builder.keptNames = Array("abc\0".utf8)
    }
    let bench = TestBench()
    for index in 0..<3 {
      try bench.store(bench.module(version: 1, for: index, keep), in: index)
    }
    try bench.device.runtime.loadAll()
    for (index, partition) in TestBench.partitions.enumerated() {
      let running = bench.device.runtime.running(in: TestBench.label(partition))
      let block = try #require(running).block
      bench.device.memory.setWord(UInt32(100 + index), at: block.dataAddress + 8)
    }
    for index in 0..<3 {
      try bench.store(bench.module(version: 2, for: index, keep), in: index)
    }
    try bench.device.runtime.loadAll()
    #expect(bench.runningVersions == [2, 2, 2])
    for (index, partition) in TestBench.partitions.enumerated() {
      let running = bench.device.runtime.running(in: TestBench.label(partition))
      let block = try #require(running).block
      #expect(bench.device.memory.word(at: block.dataAddress + 8) == UInt32(100 + index))
    }
  }
}
