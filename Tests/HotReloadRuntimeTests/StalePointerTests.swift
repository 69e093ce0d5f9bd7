import HotReloadLoader
import HotReloadPort
import HotReloadRuntime
import HotReloadServer
import HotReloadSimulator
import TestImages
import Testing

/// Code that is gone does not run, and an address of it still says whose it was (FEATURES B21).
@Suite struct StalePointerTests {
  /// What people call the place of an address; nil if it is nobody's.
  private func name(of address: UInt32, on bench: TestBench) -> String? {
    guard let place = bench.device.runtime.place(of: address) else { return nil }
    var text = ShortText()
    bench.device.runtime.append(place, to: &text)
    return String(decoding: text.bytes.indices.map { text.bytes[$0] }, as: UTF8.self)
  }

  /// Where the code of the module that runs is on the data bus.
  private func code(of bench: TestBench) throws -> MemoryBlock {
    let start = try #require(bench.table["greet"]) & ~0xF
    let offset = bench.device.memory.blocks.last?.executableOffset ?? 0
    return MemoryBlock(dataAddress: start &- offset, executableAddress: start, size: 32)
  }

  @Test(arguments: TestBench.chips + [.esp32c3], [false, true])
  func theCodeOfAFreedModuleTraps(chip: Chip, isUnloaded: Bool) throws {
    let bench = TestBench(chip: chip)
    try bench.store(bench.module(version: 1))
    try bench.load()
    let code = try code(of: bench)
    #expect(bench.device.memory.remains(of: code).data.contains { $0 != 0 })
    if isUnloaded {
      try bench.device.runtime.unload()
    } else {
      try bench.store(bench.module(version: 2))
      try bench.load()
    }
    let zeros = [UInt8](repeating: 0, count: 32)
    #expect(bench.device.memory.remains(of: code) == (zeros, zeros), "also for instruction fetch")
  }

  @Test(arguments: TestBench.chips)
  func theFirmwareMayKeepIt(chip: Chip) throws {
    let bench = TestBench(chip: chip)
    bench.device.firmware.keepsFreedCode = true
    try bench.store(bench.module())
    try bench.load()
    let code = try code(of: bench)
    let before = bench.device.memory.remains(of: code)
    try bench.device.runtime.unload()
    #expect(bench.device.memory.remains(of: code) == before)
  }

  @Test(arguments: TestBench.chips + [.esp32c3])
  func anAddressIsNamedByTheExportBeforeIt(chip: Chip) throws {
    let bench = TestBench(chip: chip)
    try bench.store(bench.module())
    try bench.load()
    let start = try #require(bench.table["greet"])
    #expect(name(of: start, on: bench) == "greet+0x0")
    #expect(name(of: start + 0xF, on: bench) == "greet+0xf")
    #expect(name(of: start + 0x10, on: bench) == "init+0x0")
    #expect(name(of: start + 0x1F, on: bench) == "init+0xf")
    #expect(name(of: start + 0x20, on: bench) == nil)
    #expect(name(of: start &- 1, on: bench) == nil)
  }

  @Test func codeBeforeTheFirstExportIsTheModules() throws {
    let bench = TestBench()
    try bench.store(
      bench.module { $0.exports = [bench.codeAddress + 0x10, bench.codeAddress + 8] })
    try bench.load()
    let start = try #require(bench.table["init"]) - 8
    #expect(name(of: start + 4, on: bench) == "'hotreload'+0x4")
    #expect(name(of: start + 8, on: bench) == "init+0x0")
    #expect(name(of: start + 0x18, on: bench) == "greet+0x8")
  }

  @Test func theLastFourThatAreGoneAreNamed() throws {
    let bench = TestBench()
    var starts: [UInt32] = []
    // Blocks that stay keep the places apart.
    for version in 1...5 as ClosedRange<UInt8> {
      try bench.store(bench.module(version: version))
      try bench.load()
      starts.append(try #require(bench.table["greet"]))
      try bench.device.runtime.unload()
      _ = try bench.device.memory.allocate(
        size: 128, alignment: 64, capabilities: 0, purpose: .module)
    }
    #expect(
      starts.map { name(of: $0 + 2, on: bench) } == [
        nil, "freed module 'hotreload' (build 02020202)",
        "freed module 'hotreload' (build 03030303)", "freed module 'hotreload' (build 04040404)",
        "freed module 'hotreload' (build 05050505)",
      ])
  }

  /// An application may ask for it again and again.
  @Test func whatNeverRanTakesNobodysPlace() throws {
    let bench = TestBench()
    try bench.store(bench.module(version: 1))
    try bench.load()
    let first = try #require(bench.table["greet"])
    try bench.store(bench.module(version: 2))
    try bench.load()
    let second = try #require(bench.table["greet"])
    bench.device.tasks.tasks = [.init("main", registers: [second], isCaller: true)]
    try bench.store(bench.module(version: 3))
    for _ in 0..<4 { #expect(throws: RuntimeError.unsafePoint) { try bench.load() } }
    #expect(name(of: first, on: bench) == "freed module 'hotreload' (build 01010101)")
  }

  @Test func whoHasTheMemoryNowIsNamedFirst() throws {
    let bench = TestBench()
    for version in 1...3 as ClosedRange<UInt8> {
      try bench.store(bench.module(version: version))
      try bench.load()
      let start = try #require(bench.table["greet"])
      #expect(name(of: start, on: bench) == "greet+0x0")
      try bench.device.runtime.unload()
      #expect(
        name(of: start, on: bench)
          == "freed module 'hotreload' (build 0\(version)0\(version)0\(version)0\(version))")
    }
  }
}
