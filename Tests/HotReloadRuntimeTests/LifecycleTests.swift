import HotReloadLoader
import HotReloadPort
import HotReloadRuntime
import HotReloadSimulator
import TestImages
import Testing

/// What modules are told when they come and go, and when (FEATURES B19, DESIGN decision 10).
@Suite struct LifecycleTests {
  @Test(arguments: TestBench.chips)
  func theFirstLoadConstructsAndTells(chip: Chip) throws {
    let bench = TestBench(chip: chip)
    try bench.store(bench.hookedModule(version: 1))
    try bench.load()
    #expect(bench.calls() == ["1 construct", "1 load(first)"])
  }

  @Test(arguments: TestBench.chips)
  func aReloadLetsTheOldOneGoFirstAndDestroysItLast(chip: Chip) throws {
    let bench = TestBench(chip: chip)
    try bench.store(bench.hookedModule(version: 1))
    try bench.load()
    try bench.store(bench.hookedModule(version: 2))
    _ = bench.calls()
    try bench.load()
    #expect(
      bench.calls() == [
        "1 unload(replacement)", "2 construct", "2 load(replacement)", "1 destruct",
      ])
    #expect(bench.device.memory.blocks.count == bench.blockCount)
  }

  @Test(arguments: TestBench.chips)
  func unloadLetsGoBeforeItDestroys(chip: Chip) throws {
    let bench = TestBench(chip: chip)
    try bench.store(bench.hookedModule(version: 1))
    try bench.load()
    _ = bench.calls()
    try bench.device.runtime.unload()
    #expect(bench.calls() == ["1 unload(final)", "1 destruct"])
  }

  @Test func noSlotLeadsToAModuleThatIsNotLoadedYet() throws {
    let bench = TestBench()
    try bench.store(bench.hookedModule(version: 1))
    let table = bench.table
    var slots: [[UInt32?]] = []
    bench.device.code.loadAnswer = { _, _ in
      slots.append(table.slots)
      return 0
    }
    try bench.load()
    let published = table.slots
    try bench.load()
    #expect(slots == [[nil, nil], published])
  }

  @Test func aRefusedReloadIsUndone() throws {
    let bench = TestBench()
    try bench.store(bench.hookedModule(version: 1))
    try bench.load()
    let slots = bench.table.slots
    try bench.store(bench.hookedModule(version: 2))
    bench.refuse(version: 2, with: -5)
    _ = bench.calls()
    #expect(throws: RuntimeError.refused(-5)) { try bench.load() }
    #expect(
      bench.calls() == [
        "1 unload(replacement)", "2 construct", "2 load(replacement)", "2 destruct",
        "1 load(restored)",
      ])
    #expect(bench.runningVersion == 1)
    #expect(bench.table.slots == slots)
    #expect(bench.device.memory.blocks.count == 1)
    #expect(!bench.isUpdateAvailable, "no retry loop")
    #expect(bench.device.system.lines.last?.contains("refused with 0xfffffffb") == true)
  }

  @Test func anImageThatRefusedIsNotTriedAgain() throws {
    let bench = TestBench()
    try bench.store(bench.hookedModule(version: 1))
    try bench.load()
    try bench.store(bench.hookedModule(version: 2))
    bench.refuse(version: 2, with: 1)
    #expect(throws: RuntimeError.refused(1)) { try bench.load() }
    try bench.load()
    #expect(bench.runningVersion == 1, "the image before it is the current one")
  }

  @Test func aRefusedFirstLoadTriesTheImageBefore() throws {
    let bench = TestBench()
    try bench.store(bench.hookedModule(version: 1))
    try bench.store(bench.hookedModule(version: 2))
    bench.refuse(version: 2, with: 1)
    try bench.load()
    #expect(
      bench.calls() == [
        "2 construct", "2 load(first)", "2 destruct", "1 construct", "1 load(first)",
      ])
    #expect(bench.runningVersion == 1)
  }

  @Test(arguments: TransactionTests.failures)
  func whatFailsBeforeNeedsNobodysConsent(failure: TransactionTests.Failure) throws {
    let bench = TestBench()
    try bench.store(bench.hookedModule(version: 1))
    try bench.load()
    try bench.store(bench.module(version: 2) { failure.change(&$0, bench) })
    _ = bench.calls()
    #expect(throws: failure.error(bench)) { try bench.load() }
    #expect(bench.calls() == [])
  }

  @Test func aModuleWithoutLifecycleFunctionFollowsOneThatHasOne() throws {
    let bench = TestBench()
    try bench.store(bench.hookedModule(version: 1))
    try bench.load()
    try bench.store(bench.module(version: 2))
    _ = bench.calls()
    try bench.load()
    #expect(bench.calls() == ["1 unload(replacement)", "1 destruct"])
    try bench.device.runtime.unload()
    #expect(bench.calls() == [])
  }
}
