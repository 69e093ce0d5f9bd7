import HotReloadLoader
import HotReloadPort
import HotReloadRuntime
import HotReloadSimulator
import TestImages
import Testing

/// A module stays as long as a task is inside it (FEATURES B21, DESIGN decision 10).
@Suite struct SafePointTests {
  /// A device whose module 1 runs, while module 2 waits. Tests put tasks into module 1.
  private func bench(
    _ chip: Chip = .esp32c6, _ policy: SafePointPolicy = .wait
  ) throws -> TestBench {
    let bench = TestBench(chip: chip)
    try bench.store(bench.hookedModule(version: 1))
    try bench.load()
    try bench.store(bench.hookedModule(version: 2))
    bench.device.firmware.safePoint = policy
    _ = bench.calls()
    return bench
  }

  /// What a task has in its registers that is inside `greet` of the module that runs.
  private func inside(_ bench: TestBench) throws -> UInt32 {
    try #require(bench.table["greet"]) + 6
  }

  @Test(arguments: TestBench.chips)
  func aReloadWaitsForNobodyOutside(chip: Chip) throws {
    let bench = try bench(chip)
    bench.device.tasks.tasks = [
      .init("main", stack: [1, 2, 3], isCaller: true),
      .init("worker", registers: [0, .max], stack: [0x4000_0000]),
    ]
    try bench.load()
    #expect(bench.runningVersion == 2)
    #expect(bench.device.tasks.delayed == 0)
  }

  @Test(arguments: TestBench.chips)
  func aTaskThatStaysInsideIsNamed(chip: Chip) throws {
    let bench = try bench(chip)
    let (slots, blocks) = (bench.slots, bench.device.memory.blocks)
    bench.device.tasks.tasks = [
      .init("main", isCaller: true), .init("IDLE"), .init("worker", registers: [try inside(bench)]),
    ]
    #expect(throws: RuntimeError.unsafePoint) { try bench.load() }
    #expect(bench.device.system.lines.last == "task worker is inside greet+0x6")
    #expect(bench.lastError == .unsafePoint)
    #expect(bench.device.tasks.delayed == 1000, "a second")
    #expect(bench.calls() == [], "nobody was told")
    #expect(bench.slots == slots)
    #expect(bench.device.memory.blocks == blocks)
    #expect(bench.isUpdateAvailable, "the image still waits")
    bench.device.tasks.tasks = []
    try bench.load()
    #expect(bench.runningVersion == 2, "and is not condemned")
  }

  @Test(arguments: [1, 7, 100])
  func aTaskThatLeavesIsWaitedFor(steps: UInt32) throws {
    let bench = try bench()
    bench.device.tasks.tasks = [.init("worker", registers: [try inside(bench)])]
    bench.device.tasks.whileDelayed = { if $0.delayed == 10 * steps { $0.tasks = [] } }
    try bench.load()
    #expect(bench.runningVersion == 2)
    #expect(bench.device.tasks.delayed == 10 * steps)
  }

  /// The module calls the firmware, which calls `hotreload_reload`: waiting would not help.
  @Test(arguments: TestBench.chips)
  func theCallerIsNotWaitedFor(chip: Chip) throws {
    let bench = try bench(chip)
    bench.device.tasks.tasks = [.init("main", registers: [try inside(bench)], isCaller: true)]
    #expect(throws: RuntimeError.unsafePoint) { try bench.load() }
    #expect(bench.device.system.lines.last == "task main is inside greet+0x6")
    #expect(bench.device.tasks.delayed == 0)
  }

  @Test func refuseWaitsForNobody() throws {
    let bench = try bench(.esp32c6, .refuse)
    bench.device.tasks.tasks = [.init("worker", registers: [try inside(bench)])]
    #expect(throws: RuntimeError.unsafePoint) { try bench.load() }
    #expect(bench.device.tasks.delayed == 0)
  }

  @Test func offStopsNobody() throws {
    let bench = try bench(.esp32c6, .off)
    bench.device.tasks.tasks = [.init("worker", registers: [try inside(bench)])]
    try bench.load()
    #expect(bench.runningVersion == 2)
    #expect(bench.device.tasks.stops == 0)
  }

  @Test func aPlatformThatCannotStopTasksIsTrusted() throws {
    let bench = try bench()
    bench.device.tasks.canStop = false
    try bench.load()
    #expect(bench.runningVersion == 2)
  }

  @Test func aFirstLoadStopsNobody() throws {
    let bench = TestBench()
    try bench.store(bench.module())
    try bench.load()
    #expect(bench.device.tasks.stops == 0)
  }

  @Test(arguments: TestBench.chips)
  func aTaskThatEntersMeanwhileUndoesTheReload(chip: Chip) throws {
    let bench = try bench(chip)
    let word = try inside(bench)
    let (slots, blocks) = (bench.slots, bench.device.memory.blocks)
    bench.device.code.observer = { call in
      guard call == .load(.replacement) else { return }
      bench.device.tasks.tasks = [.init("worker", registers: [word])]
    }
    #expect(throws: RuntimeError.unsafePoint) { try bench.load() }
    #expect(
      bench.calls() == [
        "1 unload(replacement)", "2 construct", "2 load(replacement)", "2 unload(replacement)",
        "2 destruct", "1 load(restored)",
      ])
    #expect(bench.runningVersion == 1)
    #expect(bench.slots == slots)
    #expect(bench.device.memory.blocks == blocks)
    #expect(bench.isUpdateAvailable)
    #expect(!bench.device.tasks.areStopped)
  }

  @Test func aTaskThatEntersMeanwhileAndLeavesIsWaitedFor() throws {
    let bench = try bench()
    let word = try inside(bench)
    bench.device.code.observer = { call in
      guard call == .load(.replacement) else { return }
      bench.device.tasks.tasks = [.init("worker", registers: [word])]
    }
    bench.device.tasks.whileDelayed = { $0.tasks = [] }
    try bench.load()
    #expect(bench.runningVersion == 2)
  }

  /// What a module registered it takes back when it is told to go.
  @Test(arguments: [false, true])
  func aHandlerCountsWhenTheModuleHasLetGo(isRemoved: Bool) throws {
    let bench = try bench()
    bench.device.tasks.tasks = [.init("timer blink", registers: [try inside(bench)], stack: [])]
    bench.device.code.observer = { call in
      if isRemoved, call == .unload(.replacement) { bench.device.tasks.tasks = [] }
    }
    if isRemoved {
      try bench.load()
    } else {
      #expect(throws: RuntimeError.unsafePoint) { try bench.load() }
      #expect(bench.device.system.lines.last == "timer blink leads to greet+0x6")
    }
    #expect(bench.runningVersion == (isRemoved ? 2 : 1))
  }

  // MARK: - Unload

  @Test(arguments: TestBench.chips)
  func anUnloadIsRefusedAsWell(chip: Chip) throws {
    let bench = try bench(chip)
    bench.device.tasks.tasks = [.init("worker", registers: [try inside(bench)])]
    #expect(throws: RuntimeError.unsafePoint) { try bench.device.runtime.unload() }
    #expect(bench.device.system.lines.last == "task worker is inside greet+0x6")
    #expect(bench.calls() == [])
    #expect(throws: RuntimeError.unsafePoint) { try bench.device.runtime.unload(bench.label) }
    #expect(bench.runningVersion == 1)
    bench.device.tasks.tasks = []
    try bench.device.runtime.unload()
    #expect(bench.device.memory.blocks.isEmpty)
  }

  @Test func aTaskThatEntersMeanwhileUndoesTheUnload() throws {
    let bench = try bench(.esp32c6, .refuse)
    let word = try inside(bench)
    bench.device.code.observer = { call in
      if call == .unload(.final) {
        bench.device.tasks.tasks = [.init("worker", registers: [word])]
      }
    }
    #expect(throws: RuntimeError.unsafePoint) { try bench.device.runtime.unload() }
    #expect(bench.calls() == ["1 unload(final)", "1 load(restored)"])
    #expect(bench.runningVersion == 1)
    #expect(bench.table["greet"] != nil)
  }

  // MARK: - Several modules

  @Test func onlyTheModulesThatGoCount() throws {
    let bench = try bench(.esp32c6, .refuse)
    try bench.store(bench.module(version: 1, for: 1), in: 1)
    try bench.load(1)
    let other = try #require(bench.device.firmware.table(at: 1)["other"])
    bench.device.tasks.tasks = [.init("worker", registers: [other])]
    try bench.load()
    #expect(bench.runningVersions == [2, 1, nil])
  }

  @Test func reloadAllIsRefusedForAnyOfThem() throws {
    let bench = try bench(.esp32c6, .refuse)
    try bench.store(bench.module(version: 1, for: 1), in: 1)
    try bench.load(1)
    try bench.store(bench.module(version: 2, for: 1), in: 1)
    let other = try #require(bench.device.firmware.table(at: 1)["other"])
    bench.device.tasks.tasks = [.init("worker", registers: [other + 2])]
    _ = bench.calls()
    #expect(throws: RuntimeError.unsafePoint) { try bench.device.runtime.loadAll() }
    #expect(bench.device.system.lines.last == "task worker is inside other+0x2")
    #expect(bench.runningVersions == [1, 1, nil])
    #expect(bench.calls() == [])
    bench.device.tasks.tasks = []
    try bench.device.runtime.loadAll()
    #expect(bench.runningVersions == [2, 2, nil])
  }

  /// Whoever is stopped may have the lock of the heap, of the log or of the flash.
  @Test(arguments: TestBench.chips)
  func nothingButSlotsChangesWhileTasksAreStopped(chip: Chip) throws {
    let bench = TestBench(chip: chip)
    for version in 1...2 as ClosedRange<UInt8> {
      for index in 0..<3 { try bench.store(bench.module(version: version, for: index), in: index) }
      if version == 1 { try bench.device.runtime.loadAll() }
    }
    let old = bench.slots
    var effects: [[Int]] = []
    var slots: [[[UInt32?]]] = []
    let record: (SimulatedTasks) -> Void = { _ in
      let device = bench.device
      effects.append([
        device.system.lines.count, device.memory.blocks.count, device.flash.mappings,
        device.flash.operations.count,
      ])
      slots.append(bench.slots)
    }
    bench.device.tasks.whenStopped = record
    bench.device.tasks.whenResumed = record
    try bench.device.runtime.loadAll()
    #expect(bench.runningVersions == [2, 2, 2])
    // A look before each of them is told, and one for all at the end.
    try #require(effects.count == 8)
    for index in stride(from: 0, to: 8, by: 2) { #expect(effects[index] == effects[index + 1]) }
    #expect(slots.dropLast().allSatisfy { $0 == old })
    #expect(slots.last == bench.slots && bench.slots != old)
  }
}
