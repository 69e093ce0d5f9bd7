import HotReloadLoader
import HotReloadPort
import HotReloadRuntime
import HotReloadSimulator
import HotReloadStore
import TestImages
import Testing

/// A reload that fails leaves the old module running (FEATURES B8, B9, DESIGN decision 10).
@Suite struct TransactionTests {
  struct Failure: CustomTestStringConvertible {
    let name: String
    let error: RuntimeError
    let change: @Sendable (inout PackedImageBuilder) -> Void
    var testDescription: String { name }
  }

  static let failures = [
    Failure(
      name: "another firmware", error: .wrongFirmware(found: 0x0101_0101, running: 0xF0F0_F0F0)
    ) {
      $0.firmwareID = [UInt8](repeating: 1, count: 32)
    },
    Failure(name: "other exports by name", error: .exportsChanged) { $0.namesHash ^= 1 },
    Failure(name: "fewer exports", error: .exportsChanged) { $0.exports.removeLast() },
    Failure(name: "another chip", error: .image(.wrongChip(found: 5, expected: 13))) {
      $0.chip = 5
    },
    Failure(name: "a fixup in code", error: .image(.fixupOutsideData(address: 0x20))) {
      $0.relative = [0x20]
    },
    Failure(name: "an export outside the code", error: .image(.exportOutsideCode(address: 4))) {
      $0.exports[$0.exports.count - 1] = 4
    },
  ]

  @Test(arguments: failures)
  func aFailedReloadLeavesTheOldModuleRunning(failure: Failure) throws {
    let bench = TestBench()
    try bench.store(bench.module(version: 1))
    try bench.load()
    let slots = bench.table.slots
    try bench.store(bench.module(version: 2, failure.change))
    #expect(throws: failure.error) { try bench.load() }
    #expect(bench.runningVersion == 1)
    #expect(bench.table.slots == slots)
    #expect(
      bench.device.memory.blocks.count == 1, "what was allocated for the new one is free again")
    #expect(!bench.isUpdateAvailable, "no retry loop")
    #expect(bench.lastError == failure.error)
  }

  @Test func outOfMemoryLeavesTheOldModuleRunning() throws {
    let bench = TestBench()
    try bench.store(bench.module(version: 1))
    try bench.load()
    try bench.store(bench.module(version: 2))
    bench.device.memory.allocationsUntilFailure = 0
    #expect(throws: RuntimeError.memory(.outOfMemory)) { try bench.load() }
    #expect(bench.runningVersion == 1)
    bench.device.memory.allocationsUntilFailure = nil
    try bench.load()
    #expect(bench.runningVersion == 2, "memory may come back: the image is not condemned")
  }

  @Test func aBlockThatDoesNotFitIsNotTheImagesFault() throws {
    let bench = TestBench()
    try bench.store(bench.module(version: 1))
    bench.device.memory.executableOffset = 4
    #expect(throws: RuntimeError.image(.wrongExecutableOffset(found: 0, expected: 4))) {
      try bench.load()
    }
    bench.device.memory.executableOffset = 0
    try bench.load()
    #expect(bench.runningVersion == 1)
  }

  @Test func anImageThatCannotLoadIsPassedOverAtTheNextBoot() throws {
    let bench = TestBench()
    try bench.store(bench.module(version: 1))
    try bench.load()
    try bench.store(bench.module(version: 2) { $0.chip = 5 })
    bench.device.restart()
    try bench.load()
    #expect(bench.runningVersion == 1)
    #expect(bench.device.system.lines.contains { $0.contains("built for chip 5") })
  }

  @Test(arguments: [false, true])
  func aPowerCutAtAnyFlashOperationLeavesALoadableModule(isTorn: Bool) throws {
    let reference = TestBench()
    try reference.store(reference.module(version: 1))
    reference.device.flash.operations = []
    try reference.store(reference.module(version: 2))
    let count = reference.device.flash.operations.count
    #expect(count > 3)

    for cut in 0...count {
      let bench = TestBench()
      try bench.store(bench.module(version: 1))
      bench.device.flash.operationsUntilPowerCut = cut
      let wasStored = (try? bench.store(bench.module(version: 2))) != nil
      bench.device.restart()
      try bench.load()
      #expect(
        bench.runningVersion == (wasStored ? 2 : 1), "power cut at operation \(cut) of \(count)")
    }
  }
}
