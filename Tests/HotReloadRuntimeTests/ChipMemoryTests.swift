import HotReloadLoader
import HotReloadPort
import HotReloadRuntime
import HotReloadSimulator
import TestImages
import Testing

/// Modules on every chip's memory map, and what the simulated memory does not forgive (FEATURES F54, F56, F57, F58, F59).
@Suite struct ChipMemoryTests {
  @Test(arguments: 0..<Chip.count)
  func everyChipLoadsExecutesAndFrees(index: Int) throws {
    let chip = Chip.at(index)
    let bench = TestBench(chip: chip)
    let memory = bench.device.memory
    for version in 1...3 as ClosedRange<UInt8> {
      try bench.store(bench.module(version: version))
      try bench.load()
      let blocks = memory.blocks
      #expect(blocks.count == bench.blockCount, "\(chip.name): the one before is free")
      let (data, code) = (blocks[0], blocks[blocks.count - 1])
      #expect(chip.dataBus.contains(data.dataAddress, count: data.size))
      #expect(chip.instructionBus.contains(code.executableAddress, count: code.size))
      for block in blocks {
        #expect(block.dataAddress % chip.cacheLine == 0 && block.size % chip.cacheLine == 0)
      }
      for slot in bench.table.slots {
        let address = try #require(slot)
        #expect(memory.isExecutable(at: address), "\(chip.name)")
        let alias = address &- chip.executableOffset
        #expect(memory.isExecutable(at: alias) == (chip.executableOffset == 0), "\(chip.name)")
      }
    }
    try bench.device.runtime.unload()
    #expect(memory.blocks.isEmpty)
  }

  /// What the status says is what a debugger adds to the addresses of an Xtensa module.
  @Test(arguments: [Chip.esp32, .esp32s2, .esp32s3, .qemuXtensa])
  func theStatusSaysWhereDataAndCodeBegin(chip: Chip) throws {
    let bench = TestBench(chip: chip)
    try bench.store(bench.module())
    try bench.load()
    let block = try #require(bench.running?.block)
    let memory = bench.device.memory
    #expect(memory.word(at: block.dataAddress) == block.dataAddress + 8)
    #expect(memory.word(at: block.dataAddress + 4) == block.executableAddress + 8)
    #expect(bench.table.slots.first == block.executableAddress)
    #expect(block.size == memory.blocks.reduce(0) { $0 + $1.size })
  }

  @Test(arguments: [Chip.esp32s2, .esp32s3])
  func externalMemoryIsExecutedWhereTheChipSeesIt(chip: Chip) throws {
    let bench = TestBench(chip: chip)
    let memory = bench.device.memory
    let external = try #require(chip.externalMemory)
    let pages = memory.freePages
    for version in 1...9 as ClosedRange<UInt8> {
      try bench.store(bench.module(version: version))
      try bench.device.runtime.load(from: bench.label, capabilities: SimulatedMemory.spiram)
      let block = try #require(memory.blocks.first)
      #expect(memory.blocks.count == 1)
      #expect(external.data.contains(block.dataAddress, count: block.size))
      if external.executableOffset != ExternalMemory.throughPages {
        #expect(block.executableOffset == external.executableOffset)
      }
      for slot in bench.table.slots {
        #expect(memory.isExecutable(at: try #require(slot)))
      }
      #expect(memory.freePages == pages.map { $0 - 1 }, "one for this module")
    }
    try bench.device.runtime.unload()
    #expect(memory.freePages == pages)
  }

  @Test func pagesThatAreUsedUpLeaveTheOldModuleRunning() throws {
    let bench = TestBench(chip: .esp32s2)
    let memory = bench.device.memory
    try bench.store(bench.module(version: 1))
    try bench.device.runtime.load(from: bench.label, capabilities: SimulatedMemory.spiram)
    var others: [MemoryBlock] = []
    while memory.freePages != 0 {
      others.append(
        try memory.allocate(
          size: 64, alignment: 64, capabilities: SimulatedMemory.spiram, purpose: .module))
    }
    try bench.store(bench.module(version: 2))
    #expect(throws: RuntimeError.memory(.outOfMemory)) {
      try bench.device.runtime.load(from: bench.label, capabilities: SimulatedMemory.spiram)
    }
    #expect(bench.runningVersion == 1)
    memory.free(others.removeLast())
    try bench.device.runtime.load(from: bench.label, capabilities: SimulatedMemory.spiram)
    #expect(bench.runningVersion == 2)
  }

  @Test func anUnmappedPageIsNotExecutable() throws {
    let memory = SimulatedMemory(chip: .esp32s2, size: 4096)
    let block = try memory.allocate(
      size: 64, alignment: 64, capabilities: SimulatedMemory.spiram, purpose: .module)
    memory.zero(at: block.dataAddress, count: block.size)
    memory.synchronize(block)
    #expect(memory.isExecutable(at: block.executableAddress))
    memory.free(block)
    #expect(!memory.isExecutable(at: block.executableAddress))
  }

  @Test func aByteInMemoryForWordsStops() async {
    await #expect(processExitsWith: .failure) {
      let memory = SimulatedMemory(chip: .esp32, size: 4096)
      let block = try memory.allocate(
        size: 64, alignment: 16, capabilities: 0, purpose: .code)
      memory.setWord(1, at: block.dataAddress)
      memory.setByte(1, at: block.dataAddress)
    }
  }

  @Test func bulkWritesToMemoryForWordsStop() async {
    await #expect(processExitsWith: .failure) {
      let memory = SimulatedMemory(chip: .esp32, size: 4096)
      let block = try memory.allocate(
        size: 64, alignment: 16, capabilities: 0, purpose: .code)
      let bytes: [UInt8] = [1, 2, 3, 4]
      memory.write(bytes.raw, at: block.dataAddress)
    }
  }

  @Test func anUnalignedWordStops() async {
    await #expect(processExitsWith: .failure) {
      let memory = SimulatedMemory(chip: .esp32, size: 4096)
      let block = try memory.allocate(
        size: 64, alignment: 16, capabilities: 0, purpose: .code)
      _ = memory.word(at: block.dataAddress + 2)
    }
  }

  @Test func dataAloneIsNotExecutable() throws {
    let memory = SimulatedMemory(chip: .esp32, size: 4096)
    let block = try memory.allocate(size: 64, alignment: 16, capabilities: 0, purpose: .data)
    memory.zero(at: block.dataAddress, count: block.size)
    memory.synchronize(block)
    #expect(!memory.isExecutable(at: block.executableAddress))
  }

  @Test func aStoreThroughTheInstructionBusStops() async {
    await #expect(processExitsWith: .failure) {
      let memory = SimulatedMemory(chip: .esp32c3, size: 4096)
      let block = try memory.allocate(size: 64, alignment: 16, capabilities: 0, purpose: .module)
      memory.setWord(1, at: block.dataAddress)
      memory.setWord(1, at: block.executableAddress)
    }
  }

  @Test func aCallOfTheDataBusStops() async {
    await #expect(processExitsWith: .failure) {
      let memory = SimulatedMemory(chip: .esp32c3, size: 4096)
      let block = try memory.allocate(size: 64, alignment: 16, capabilities: 0, purpose: .module)
      memory.synchronize(block)
      let code = SimulatedCode(memory: memory)
      _ = code.call(block.executableAddress, .construct, 0)
      _ = code.call(block.dataAddress, .construct, 0)
    }
  }

  @Test func synchronizingPartOfACacheLineStops() async {
    await #expect(processExitsWith: .failure) {
      let memory = SimulatedMemory(chip: .esp32p4, size: 4096)
      memory.synchronize(
        try memory.allocate(size: 64, alignment: 64, capabilities: 0, purpose: .module))
      memory.synchronize(
        try memory.allocate(size: 32, alignment: 64, capabilities: 0, purpose: .module))
    }
  }
}
