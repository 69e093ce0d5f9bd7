import HotReloadLoader
import HotReloadPort
import HotReloadRuntime
import HotReloadServer
import HotReloadSimulator
import HotReloadStore
import TestImages
import Testing

/// Several modules, one for each symbol table: loaded singly (FEATURES F32, B17).
@Suite struct SeveralModulesTests {
  @Test func eachPartitionLoadsReloadsAndUnloadsByItself() throws {
    let bench = TestBench()
    try bench.store(bench.hookedModule(version: 1), in: 0)
    try bench.store(bench.hookedModule(version: 2, for: 1), in: 1)
    try bench.load(0)
    #expect(bench.runningVersions == [1, nil, nil])
    try bench.load(1)
    #expect(bench.runningVersions == [1, 2, nil])
    let first = bench.slots[0]
    _ = bench.calls()

    try bench.store(bench.hookedModule(version: 3, for: 1), in: 1)
    try bench.load(1)
    #expect(bench.runningVersions == [1, 3, nil])
    #expect(
      bench.calls() == [
        "2 unload(replacement)", "3 construct", "3 load(replacement)", "2 destruct",
      ])
    try bench.device.runtime.unload(TestBench.label("second"))
    #expect(bench.runningVersions == [1, nil, nil])
    #expect(bench.calls() == ["3 unload(final)", "3 destruct"])
    #expect(bench.slots == [first, [nil], [nil]])
    #expect(bench.device.memory.blocks.count == 1)
  }

  @Test func unloadTakesAllOfThem() throws {
    let bench = TestBench()
    for index in 0..<3 {
      try bench.store(bench.hookedModule(version: UInt8(index + 1), for: index), in: index)
      try bench.load(index)
    }
    _ = bench.calls()
    try bench.device.runtime.unload()
    #expect(
      bench.calls() == [
        "1 unload(final)", "2 unload(final)", "3 unload(final)",
        "1 destruct", "2 destruct", "3 destruct",
      ])
    #expect(bench.runningVersions == [nil, nil, nil])
    #expect(bench.slots == [[nil, nil], [nil], [nil]])
    #expect(bench.device.memory.blocks.isEmpty)
  }

  @Test func noSlotIsEmptiedBeforeTheLastModuleWasTold() throws {
    let bench = TestBench()
    for index in 0..<3 {
      try bench.store(bench.hookedModule(version: UInt8(index + 1), for: index), in: index)
      try bench.load(index)
    }
    let before = bench.slots
    var seen: [[[UInt32?]]] = []
    bench.device.code.observer = { if $0 == .unload(.final) { seen.append(bench.slots) } }
    try bench.device.runtime.unload()
    #expect(seen == [before, before, before], "they may call each other")
  }

  @Test func unloadingWhatIsNotThereSaysSo() throws {
    let bench = TestBench()
    try bench.store(bench.module(version: 1))
    try bench.load()
    #expect(throws: RuntimeError.nothingLoaded) {
      try bench.device.runtime.unload(TestBench.label("second"))
    }
    #expect(throws: RuntimeError.noSymbolTable) {
      try bench.device.runtime.unload(TestBench.label("empty"))
    }
    #expect(bench.runningVersion == 1)
  }

  @Test func anUploadForOnePartitionDoesNotWaitForTheOther() throws {
    let bench = TestBench()
    try bench.store(bench.module(version: 1))
    try bench.load()
    try bench.store(bench.module(version: 2, for: 1), in: 1)
    #expect(bench.isUpdateAvailable)
    try bench.load(0)
    #expect(bench.isUpdateAvailable, "the second module still waits")
    try bench.load(1)
    #expect(!bench.isUpdateAvailable)
  }

  @Test func aFailureOfOnePartitionLeavesTheOthersPendingModule() throws {
    let bench = TestBench()
    try bench.store(bench.module(version: 1))
    try bench.store(bench.module(version: 2, for: 1) { $0.chip = 5 }, in: 1)
    #expect(throws: RuntimeError.image(.wrongChip(found: 5, expected: 13))) { try bench.load(1) }
    #expect(bench.isUpdateAvailable, "the first module waits")
    try bench.load(0)
    #expect(!bench.isUpdateAvailable)
  }

  @Test func anImageInMemoryFindsItsTableByItsExports() throws {
    let bench = TestBench()
    try bench.device.runtime.load(bench.module(version: 1, for: 1).raw)
    #expect(bench.runningVersions == [nil, 1, nil])
    try bench.device.runtime.load(bench.module(version: 2, for: 0).raw)
    #expect(bench.runningVersions == [2, 1, nil])
    #expect(throws: RuntimeError.exportsChanged) {
      try bench.device.runtime.load(bench.module(version: 3) { $0.namesHash ^= 1 }.raw)
    }
    #expect(bench.runningVersions == [2, 1, nil])
  }

  @Test func statusNamesEveryPartition() throws {
    let bench = TestBench()
    try bench.device.runtime.startServer(
      label: nil, maximumLength: 1 << 16, authentication: .challenge)
    try bench.store(bench.module(version: 1, for: 1), in: 1)
    try bench.load(1)
    try bench.store(bench.module(version: 2, for: 2), in: 2)
    let reply = SimulatedConnection(to: bench.device).exchange(
      Array("GET /status HTTP/1.1\r\n\r\n".utf8))
    #expect(reply.contains(#""pending":true,"reloads":0,"#), "\(reply)")
    for module in [
      #"{"partition":"hotreload","pending":false,"loaded":false}"#,
      #"{"partition":"second","pending":false,"loaded":true,"id":"01"#,
      #"{"partition":"third","pending":true,"loaded":false}"#,
    ] {
      #expect(reply.contains(module), "\(reply)")
    }
  }

  @Test func aFirmwareWithMoreTablesIsServedTheFirstEight() throws {
    let names = (0..<9).map { "part\($0)" }
    let device = SimulatedDevice(
      chip: .esp32c6,
      flash: SimulatedFlash(names.map { .init(label: $0, size: 16 << 10, eraseSize: 4096) }),
      firmware: SimulatedFirmware(
        buildID: TestBench.firmwareID, chip: Chip.esp32c6.id, key: TestBench.key,
        tables: names.map { SimulatedSymbolTable(partition: $0, exports: [$0]) }))
    #expect(throws: RuntimeError.noImage) {
      try device.runtime.load(from: TestBench.label("part7"))
    }
    #expect(throws: RuntimeError.noSymbolTable) {
      try device.runtime.load(from: TestBench.label("part8"))
    }
    #expect(throws: RuntimeError.noImage) { try device.runtime.loadAll() }
  }
}
