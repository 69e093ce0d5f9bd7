import HotReloadLoader
import HotReloadPort
import HotReloadRuntime
import HotReloadSimulator
import TestImages
import Testing

/// Modules on every chip's memory map, and what the simulated memory does not forgive (FEATURES F54, F59).
@Suite struct ChipMemoryTests {
  @Test(arguments: (0..<Chip.count).filter { Chip.at($0).instructionSet != .xtensa })
  func everyChipLoadsExecutesAndFrees(index: Int) throws {
    let chip = Chip.at(index)
    let bench = TestBench(chip: chip)
    let memory = bench.device.memory
    for version in 1...3 as ClosedRange<UInt8> {
      try bench.store(bench.module(version: version))
      try bench.load()
      let block = try #require(bench.running?.block)
      #expect(memory.blocks == [block], "\(chip.name): the one before is free")
      #expect(chip.dataBus.contains(block.dataAddress, count: block.size))
      #expect(chip.instructionBus.contains(block.executableAddress, count: block.size))
      #expect(block.dataAddress % chip.cacheLine == 0 && block.size % chip.cacheLine == 0)
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
