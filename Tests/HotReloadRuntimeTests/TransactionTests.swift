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
    let error: @Sendable (TestBench) -> RuntimeError
    let change: @Sendable (inout PackedImageBuilder, TestBench) -> Void
    var testDescription: String { name }

    init(
      _ name: String, _ error: @escaping @Sendable (TestBench) -> RuntimeError,
      _ change: @escaping @Sendable (inout PackedImageBuilder, TestBench) -> Void
    ) {
      self.name = name
      self.error = error
      self.change = change
    }
  }

  static let failures = [
    Failure("another firmware", { _ in .wrongFirmware(found: 0x0101_0101, running: 0xF0F0_F0F0) }) {
      module, _ in module.firmwareID = [UInt8](repeating: 1, count: 32)
    },
    Failure("other exports by name", { _ in .exportsChanged }) { module, _ in
      module.namesHash ^= 1
    },
    Failure("fewer exports", { _ in .exportsChanged }) { module, _ in module.exports.removeLast() },
    Failure(
      "another chip", { .image(.wrongChip(found: 5, expected: $0.device.chip.id)) }
    ) { module, _ in module.chip = 5 },
    Failure(
      "a fixup in zeros", { .image(.fixupOutsideData(address: $0.dataAddress + 0x10)) }
    ) { module, bench in module.relative = [bench.dataAddress + 0x10] },
    Failure(
      "an export outside the code", { .image(.exportOutsideCode(address: $0.dataAddress + 4)) }
    ) { module, bench in module.exports[module.exports.count - 1] = bench.dataAddress + 4 },
  ]

  @Test(arguments: TestBench.chips, failures)
  func aFailedReloadLeavesTheOldModuleRunning(chip: Chip, failure: Failure) throws {
    let bench = TestBench(chip: chip)
    try bench.store(bench.module(version: 1))
    try bench.load()
    let slots = bench.table.slots
    try bench.store(bench.module(version: 2) { failure.change(&$0, bench) })
    #expect(throws: failure.error(bench)) { try bench.load() }
    #expect(bench.runningVersion == 1)
    #expect(bench.table.slots == slots)
    #expect(
      bench.device.memory.blocks.count == bench.blockCount,
      "what was allocated for the new one is free again")
    #expect(!bench.isUpdateAvailable, "no retry loop")
    #expect(bench.lastError == failure.error(bench))
  }

  @Test(arguments: TestBench.chips)
  func outOfMemoryLeavesTheOldModuleRunning(chip: Chip) throws {
    let bench = TestBench(chip: chip)
    let memory = bench.device.memory
    try bench.store(bench.module(version: 1))
    try bench.load()
    for allocations in 0..<bench.blockCount {
      let blocks = memory.blocks
      try bench.store(bench.module(version: 2))
      memory.allocationsUntilFailure = allocations
      #expect(throws: RuntimeError.memory(.outOfMemory)) { try bench.load() }
      #expect(bench.runningVersion == 1)
      #expect(memory.blocks == blocks, "\(allocations) of the new blocks are free again")
    }
    memory.allocationsUntilFailure = nil
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
}
