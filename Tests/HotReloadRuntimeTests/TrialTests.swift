import HotReloadPort
import HotReloadRuntime
import HotReloadSimulator
import HotReloadStore
import TestImages
import Testing

/// Modules on trial (FEATURES B10): which image runs after a restart, and when it is trusted.
@Suite struct TrialTests {
  struct Row: CustomTestStringConvertible {
    var reason: ResetReason
    /// Starts that the image has had.
    var attempts: Int
    var isConfirmedByApplication: Bool
    var hasOther: Bool

    /// Whether it may go on.
    var goesOn: Bool { reason != .crash && reason != .watchdog && attempts < 3 }

    var testDescription: String {
      "\(reason), \(attempts) attempts"
        + (isConfirmedByApplication ? ", confirmed by the application" : "")
        + (hasOther ? ", another image" : "")
    }
  }

  static let rows: [Row] = {
    let reasons: [ResetReason] = [
      .other, .powerOn, .external, .software, .crash, .watchdog, .brownOut,
    ]
    var rows: [Row] = []
    for reason in reasons {
      for attempts in 1...3 {
        for isConfirmedByApplication in [false, true] {
          for hasOther in [false, true] {
            rows.append(
              Row(
                reason: reason, attempts: attempts,
                isConfirmedByApplication: isConfirmedByApplication, hasOther: hasOther))
          }
        }
      }
    }
    return rows
  }()

  @Test("after a restart the trial goes on, or the image before it runs", arguments: rows)
  func verdict(row: Row) throws {
    let bench = TestBench()
    bench.device.firmware.isConfirmedByApplication = row.isConfirmedByApplication
    if row.hasOther { try bench.install(version: 1) }
    try bench.try(version: 2)
    for _ in 1..<row.attempts { _ = try bench.boot(.powerOn) }
    #expect(bench.runningVersion == 2)
    #expect(try bench.image()?.trialAttempts == row.attempts)

    let hasModule = try bench.boot(row.reason)
    #expect(hasModule == (row.goesOn || row.hasOther))
    #expect(bench.runningVersion == (row.goesOn ? 2 : row.hasOther ? 1 : nil))
    #expect(!bench.isUpdateAvailable)
    guard !row.goesOn else {
      #expect(try bench.image()?.trialAttempts == row.attempts + 1)
      #expect(try bench.states[0] == "trial")
      return
    }
    #expect(try bench.lastFailure().contains("\"error\":\"rolled_back\""))
    #expect(try bench.states[0] == (row.hasOther ? "confirmed" : nil))
    #expect(bench.table.slots.allSatisfy { ($0 != nil) == row.hasOther })
    // It is over: what ends the time of the other image from now on is no fault of this one.
    #expect(try bench.boot(.crash) == row.hasOther)
    #expect(bench.runningVersion == (row.hasOther ? 1 : nil))
  }

  @Test func theAttemptIsInTheFlashBeforeTheFirstInstructionRuns() throws {
    let bench = TestBench()
    try bench.store(bench.hookedModule(version: 2))
    var attempts: [Int?] = []
    bench.device.code.observer = { _ in attempts.append((try? bench.image())??.trialAttempts) }
    try bench.load()
    #expect(bench.calls() == ["2 construct", "2 load(first)"])
    #expect(attempts == [1, 1])
  }

  @Test func anImageHasOneAttemptAStart() throws {
    let bench = TestBench()
    try bench.try(version: 1)
    for _ in 0..<4 { try bench.load() }
    try bench.device.runtime.unload()
    try bench.load()
    #expect(try bench.image()?.trialAttempts == 1)
  }

  @Test func anImageThatNeverRanHadNoAttempt() throws {
    let bench = TestBench()
    bench.device.memory.allocationsUntilFailure = 0
    try bench.store(bench.module(version: 1))
    #expect(throws: RuntimeError.memory(.outOfMemory)) { try bench.load() }
    #expect(try bench.image()?.trialAttempts == 0)
  }

  @Test func threeSafePointsConfirm() throws {
    let bench = TestBench()
    bench.poll(5)
    try bench.try(version: 1)
    #expect(bench.device.system.scheduled == 100)
    #expect(bench.device.system.watched == 10_000)
    for isConfirmed in [false, false, false, true] {
      bench.device.runtime.tick()
      #expect(try bench.image()?.isConfirmed == isConfirmed)
      #expect(try bench.states[0] == (isConfirmed ? "confirmed" : "trial"))
      #expect(bench.device.system.scheduled == (isConfirmed ? 0 : 100))
      #expect(bench.device.system.watched == (isConfirmed ? 0 : 10_000))
      bench.poll()
    }
  }

  @Test func tenSecondsConfirmWhereTheApplicationNeverPolls() throws {
    let bench = TestBench()
    bench.device.system.time = 1_000_000
    try bench.try(version: 1)
    bench.device.system.time += 9_999_999
    bench.device.runtime.tick()
    #expect(try bench.image()?.isConfirmed == false)
    bench.device.system.time += 1
    bench.device.runtime.tick()
    #expect(try bench.image()?.isConfirmed == true)
  }

  @Test func tenSecondsAndOneSafePointConfirmWhereItDoes() throws {
    let bench = TestBench()
    bench.poll()
    try bench.try(version: 1)
    bench.poll()
    bench.device.system.time += 20_000_000
    bench.device.runtime.tick()
    #expect(try bench.image()?.isConfirmed == false, "it may hang since")
    bench.poll()
    bench.device.runtime.tick()
    #expect(try bench.image()?.isConfirmed == true)
  }

  @Test func theApplicationConfirmsWhereItWantsTo() throws {
    let bench = TestBench()
    bench.device.firmware.isConfirmedByApplication = true
    try bench.try(version: 1)
    bench.poll(10)
    bench.device.system.time += 60_000_000
    bench.device.runtime.tick()
    #expect(try bench.image()?.isConfirmed == false)
    #expect(bench.device.system.scheduled == 0)
    try bench.device.runtime.confirm()
    #expect(try bench.image()?.isConfirmed == true)
    try bench.device.runtime.confirm()
  }

  @Test func aConfirmedImageStays() throws {
    let bench = TestBench()
    try bench.install(version: 1)
    for reason in [ResetReason.crash, .watchdog, .powerOn, .crash] {
      #expect(try bench.boot(reason))
      #expect(bench.runningVersion == 1)
      #expect(try bench.lastFailure() == "null")
    }
    #expect(bench.device.system.watched == 0)
  }

  @Test func aFlashThatFailsLeavesItOnTrial() throws {
    let bench = TestBench()
    try bench.try(version: 1)
    bench.poll(3)
    bench.device.flash.operationsUntilPowerCut = 0
    bench.device.runtime.tick()
    #expect(bench.device.system.lines.last == "the flash driver failed")
    bench.device.flash.operationsUntilPowerCut = nil
    #expect(try bench.states[0] == "trial")
    try bench.device.runtime.confirm()
    #expect(try bench.image()?.isConfirmed == true)
  }

  @Test func anImageWhoseFlashTakesNoMarkGivesWayToTheOneBefore() throws {
    let bench = TestBench()
    try bench.install(version: 1)
    try bench.store(bench.module(version: 2))
    let image = try #require(try bench.image())
    // The marks lie between header record and image (docs/STORE.md).
    bench.device.flash.worn = image.offset - 384..<image.offset
    #expect(throws: RuntimeError.store(.flashNotAsWritten)) { try bench.load() }
    #expect(bench.runningVersion == 1)
    #expect(!bench.isUpdateAvailable)
    #expect(try bench.boot(.powerOn))
    #expect(bench.runningVersion == 1)
  }

  @Test func anImageFromMemoryIsNotOnTrial() throws {
    let bench = TestBench()
    let image = bench.module(version: 1)
    try bench.device.runtime.load(image.raw)
    #expect(try bench.states[0] == "confirmed")
    #expect(!bench.crash().restarts)
    #expect(bench.device.system.watched == 0)
  }

  @Test func aModuleThatRefusesIsCondemnedWithoutARestart() throws {
    let bench = TestBench()
    try bench.store(bench.hookedModule(version: 1))
    try bench.load()
    try bench.device.runtime.confirm()
    try bench.store(bench.hookedModule(version: 2))
    bench.refuse(version: 2, with: 7)
    #expect(throws: RuntimeError.refused(7)) { try bench.load() }
    #expect(bench.runningVersion == 1)
    #expect(!bench.isUpdateAvailable)
    #expect(try bench.image()?.isConfirmed == true, "the current image is the old one")
    #expect(try bench.states[0] == "confirmed")
    #expect(bench.device.system.watched == 0)
    #expect(!bench.crash().restarts)
  }

  @Test func theConstructorsOfAModuleAreWatched() throws {
    let bench = TestBench()
    try bench.store(bench.hookedModule(version: 1))
    var watched: [UInt32] = []
    bench.device.code.observer = { _ in watched.append(bench.device.system.watched) }
    try bench.load()
    #expect(watched == [10_000, 10_000])
  }

  @Test func whatWasStoredSinceIsNotConfirmed() throws {
    let bench = TestBench()
    try bench.try(version: 1)
    try bench.store(bench.module(version: 2))
    bench.poll(3)
    bench.device.runtime.tick()
    #expect(try bench.image()?.isConfirmed == false)
    #expect(try bench.image()?.trialAttempts == 0)
    try bench.load()
    #expect(bench.runningVersion == 2)
    #expect(try bench.states[0] == "trial")
  }

  @Test func oneCrashIsOneImagesFault() throws {
    let bench = TestBench()
    try bench.try(version: 1)
    try bench.try(version: 2)
    #expect(try bench.boot(.crash))
    #expect(bench.runningVersion == 1, "it did not run when the firmware crashed")
    #expect(try bench.states[0] == "trial")
    #expect(try bench.boot(.crash) == false)
  }

  @Test func theNoteSaysWhichOfTwoModulesIsToBlame() throws {
    for blamed in 0..<2 {
      let bench = TestBench()
      for index in 0..<2 { try bench.install(version: 1, in: index) }
      for index in 0..<2 { try bench.try(version: 2, in: index) }
      let running = bench.device.runtime.running(in: TestBench.label(TestBench.partitions[blamed]))
      let block = try #require(running?.block)
      #expect(bench.crash(at: block.executableAddress + 0x24).restarts)
      bench.device.restart(.crash)
      for index in 0..<2 { try bench.load(index) }
      #expect(bench.runningVersions == [blamed == 0 ? 1 : 2, blamed == 1 ? 1 : 2, nil])
    }
  }

  @Test func withoutANameAllModulesOnTrialAreToBlame() throws {
    let bench = TestBench()
    for index in 0..<3 { try bench.install(version: 1, in: index) }
    for index in 0..<2 { try bench.try(version: 2, in: index) }
    #expect(bench.crash().restarts)
    bench.device.restart(.crash)
    for index in 0..<3 { try bench.load(index) }
    #expect(bench.runningVersions == [1, 1, 1])
  }

  @Test func aNewModuleEndsWhatTheStatusSaysOfARollback() throws {
    let bench = TestBench()
    try bench.install(version: 1)
    try bench.try(version: 2)
    _ = try bench.boot(.watchdog)
    try bench.load()
    #expect(try bench.lastFailure().contains("rolled back: a watchdog's reset"))
    #expect(bench.lastError == .rolledBack)
    try bench.try(version: 3)
    #expect(try bench.lastFailure() == "null")
  }
}
