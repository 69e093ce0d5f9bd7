import HotReloadLoader
import HotReloadPort
import HotReloadRuntime
import HotReloadSimulator
import HotReloadStore
import TestImages
import Testing

/// `hotreload_load`, `_reload`, `_unload` and their errors (FEATURES F1 to F11, B6, B8).
@Suite struct LoadTests {
  @Test(arguments: ["esp32c2", "esp32c3", "esp32c5", "esp32c6", "esp32c61", "esp32h2", "esp32p4"])
  func everySlotPointsIntoExecutableMemory(chipName: String) throws {
    let name = Array(chipName.utf8)
    let known = Chip.named(name.span)
    let chip = try #require(known)
    let bench = TestBench(chip: chip)
    try bench.store(bench.module())
    try bench.load()
    let block = try #require(bench.running?.block)
    #expect(bench.table["greet"] == block.executableAddress + 0x20, "\(chipName)")
    #expect(bench.table["init"] == block.executableAddress + 0x30, "\(chipName)")
    #expect(block.executableOffset == chip.executableOffset)
    for slot in bench.table.slots {
      let address = try #require(slot)
      #expect(bench.device.memory.isExecutable(at: address), "caches before the first call")
    }
    // The two pointers of the module's data: to its own data, and to its code.
    #expect(bench.device.memory.word(at: block.dataAddress) == block.dataAddress + 8)
    #expect(bench.device.memory.word(at: block.dataAddress + 4) == block.executableAddress + 0x24)
  }

  @Test func anUnknownPartitionIsNotFound() {
    let bench = TestBench()
    #expect(throws: RuntimeError.unknownPartition) {
      try bench.device.runtime.load(from: TestBench.label("nowhere"))
    }
  }

  @Test func anEmptyPartitionHasNoImage() {
    let bench = TestBench()
    #expect(throws: RuntimeError.noImage) { try bench.load() }
  }

  @Test func aPartitionWithoutReloadableComponentHasNoSymbolTable() {
    let bench = TestBench()
    #expect(throws: RuntimeError.noSymbolTable) {
      try bench.device.runtime.load(from: TestBench.label("empty"))
    }
  }

  @Test func loadingAgainReplacesTheModuleAndFreesTheOldOne() throws {
    let bench = TestBench()
    try bench.store(bench.module(version: 1))
    try bench.load()
    try bench.store(bench.module(version: 2))
    try bench.load()
    #expect(bench.runningVersion == 2)
    #expect(bench.device.memory.blocks.count == 1)
    #expect(bench.reloadCount == 1)
  }

  @Test func unloadFreesTheMemoryAndEmptiesTheSlots() throws {
    let bench = TestBench()
    try bench.store(bench.module())
    try bench.load()
    try bench.device.runtime.unload()
    #expect(bench.device.memory.blocks.isEmpty)
    #expect(bench.table.slots == [nil, nil])
    #expect(throws: RuntimeError.nothingLoaded) { try bench.device.runtime.unload() }
  }

  @Test func anUpdateIsAvailableBetweenStoreAndLoad() throws {
    let bench = TestBench()
    #expect(!bench.isUpdateAvailable, "at boot")
    try bench.store(bench.module(version: 1))
    #expect(bench.isUpdateAvailable, "after a partition write")
    try bench.load()
    #expect(!bench.isUpdateAvailable, "after a load")
    try bench.store(bench.module(version: 2))
    try bench.device.runtime.unload()
    #expect(bench.isUpdateAvailable, "unchanged by unload")
  }

  @Test func anImageInMemoryRuns() throws {
    let bench = TestBench()
    let image = bench.module(version: 7)
    try bench.device.runtime.load(image.raw)
    #expect(bench.runningVersion == 7)
    #expect(bench.running?.slot == nil)
  }

  @Test func freshDataAfterEveryLoad() throws {
    let bench = TestBench()
    try bench.store(bench.module())
    try bench.load()
    let block = try #require(bench.running?.block)
    bench.device.memory.setWord(99, at: block.dataAddress + 8)  // .data
    bench.device.memory.setWord(99, at: block.dataAddress + 20)  // .bss
    try bench.load()
    let fresh = try #require(bench.running?.block)
    #expect(bench.device.memory.word(at: fresh.dataAddress + 8) == 0x1111_1111)
    #expect(bench.device.memory.word(at: fresh.dataAddress + 20) == 0)
  }

  @Test func protectedMemoryIsRefusedAndSaysWhatToTurnOff() throws {
    let bench = TestBench()
    try bench.store(bench.module())
    bench.device.memory.isExecutable = false
    #expect(throws: RuntimeError.memory(.notExecutable)) { try bench.load() }
    #expect(bench.device.system.lines.last?.contains("memory protection") == true)
  }
}
