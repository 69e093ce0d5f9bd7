import HotReloadLoader
import HotReloadPort
import HotReloadRuntime
import HotReloadServer
import HotReloadSimulator
import HotReloadStore
import TestImages
import Testing

/// Images that are staged in RAM: what runs, what is freed, and what a restart brings back (FEATURES B16).
@Suite struct RAMStageTests {
  private static let ram = "/upload?stage=ram"
  private static let ramOnly = "/upload?stage=ram-only"

  /// A device that runs version 1 from flash.
  private func started(
    _ chip: Chip = .esp32c6, _ authentication: Authentication = .challenge
  ) throws -> TestBench {
    let bench = TestBench(chip: chip)
    try bench.device.runtime.startServer(
      label: nil, maximumLength: 96 << 10, authentication: authentication)
    try bench.store(bench.module(version: 1))
    try bench.load()
    try bench.device.runtime.confirm()
    bench.device.flash.operations = []
    return bench
  }

  @Test(arguments: TestBench.chips, [ram, ramOnly])
  func anUploadRunsWithoutTouchingTheFlash(chip: Chip, target: String) throws {
    let bench = try started(chip)
    let reply = bench.upload(bench.module(version: 2), to: target)
    #expect(reply.hasPrefix("HTTP/1.1 200 OK\r\n"), "\(reply)")
    #expect(bench.isUpdateAvailable)
    #expect(bench.runningVersion == 1, "an upload never reloads")
    try bench.load()
    #expect(bench.runningVersion == 2)
    #expect(!bench.isUpdateAvailable)
    #expect(bench.device.flash.operations == [])
    let status = try bench.statusReply()
    #expect(
      status.contains(#""slot":null,"stored":false,"state":"trial","#), "\(status)")
  }

  @Test func aModuleFromFlashIsStored() throws {
    #expect(try started().statusReply().contains(#""slot":0,"stored":true,"state":"confirmed","#))
  }

  @Test func aRestartLosesItAndFlashGoesOn() throws {
    let bench = try started()
    _ = bench.upload(bench.module(version: 2), to: Self.ram)
    try bench.load()
    bench.device.restart()
    try bench.load()
    #expect(bench.runningVersion == 1)
  }

  @Test func theNextLoadTakesItAgain() throws {
    let bench = try started()
    _ = bench.upload(bench.module(version: 2), to: Self.ramOnly)
    try bench.load()
    try bench.device.runtime.unload()
    try bench.load()
    #expect(bench.runningVersion == 2)
    try bench.load()
    #expect(bench.runningVersion == 2)
  }

  @Test func aNewerUploadReplacesItAndFreesItsMemory() throws {
    for (target, blocks) in [(Self.ram, 2), (Self.ramOnly, 2), ("/upload", 1)] {
      let bench = try started()
      for version in UInt8(2)...4 {
        let waiting = bench.upload(bench.module(version: version), to: target)
        #expect(waiting.hasPrefix("HTTP/1.1 200 "), "\(target): \(waiting)")
        if version == 3 { try bench.load() }
      }
      #expect(bench.device.memory.blocks.count == blocks, "\(target)")
      try bench.load()
      #expect(bench.runningVersion == 4, "\(target)")
      #expect(bench.upload(bench.module(version: 5)).hasPrefix("HTTP/1.1 200 "))
      try bench.load()
      #expect(bench.runningVersion == 5, "\(target)")
      #expect(bench.device.memory.blocks.count == 1, "\(target)")
    }
  }

  @Test func whatTheApplicationStoresReplacesIt() throws {
    let bench = try started()
    _ = bench.upload(bench.module(version: 2), to: Self.ram)
    try bench.store(bench.module(version: 3))
    #expect(bench.device.memory.blocks.count == 1)
    try bench.load()
    #expect(bench.runningVersion == 3)
  }

  @Test func eachModuleHasOne() throws {
    let bench = try started()
    _ = bench.upload(bench.module(version: 2), to: Self.ram)
    _ = bench.upload(bench.module(version: 3, for: 1), to: Self.ram + "&partition=second")
    #expect(bench.device.memory.blocks.count == 3)
    try bench.device.runtime.loadAll()
    #expect(bench.runningVersions == [2, 3, nil])
  }

  @Test func anImageThatIsToStayInRAMMayBeLargerThanTheSlot() throws {
    let bench = try started()
    let image = [UInt8](repeating: 0, count: 64 << 10)
    #expect(bench.upload(image, to: Self.ram).hasPrefix("HTTP/1.1 413 "))
    #expect(
      bench.upload(image, to: Self.ramOnly).hasPrefix("HTTP/1.1 507 "), "no memory, but asked")
  }

  // MARK: - What goes wrong

  @Test(arguments: TestBench.chips)
  func withoutMemoryTheUploadIsRefusedBeforeItsBody(chip: Chip) throws {
    let bench = try started(chip)
    let blocks = bench.device.memory.blocks
    bench.device.memory.allocationsUntilFailure = 0
    let connection = SimulatedConnection(to: bench.device)
    let image = bench.module(version: 2)
    let reply = connection.exchange(
      bench.head(for: image, nonce: bench.nonce(over: connection), target: Self.ram))
    #expect(reply.hasPrefix("HTTP/1.1 507 insufficient_storage\r\n"), "\(reply)")
    #expect(bench.device.memory.blocks == blocks)
    #expect(!bench.isUpdateAvailable)
    bench.device.memory.allocationsUntilFailure = nil
    #expect(bench.upload(image, to: Self.ram).hasPrefix("HTTP/1.1 200 "), "the next one has room")
  }

  @Test(arguments: TestBench.chips)
  func withoutMemoryToLoadItTheOldModuleGoesOn(chip: Chip) throws {
    for allocations in 0..<TestBench(chip: chip).blockCount {
      let bench = try started(chip)
      let blocks = bench.device.memory.blocks
      _ = bench.upload(bench.module(version: 2), to: Self.ram)
      bench.device.memory.allocationsUntilFailure = allocations
      #expect(throws: RuntimeError.memory(.outOfMemory)) { try bench.load() }
      #expect(bench.runningVersion == 1)
      #expect(bench.device.memory.blocks == blocks, "\(allocations): the image is dropped")
      bench.device.memory.allocationsUntilFailure = nil
      try bench.load()
      #expect(bench.runningVersion == 1, "the next attempt takes flash")
    }
  }

  /// An image of another firmware, one that cannot be loaded, one whose digest is another: refused at the end.
  @Test(arguments: ["another firmware", "not loadable", "another digest"])
  func aRefusedImageIsFreed(fault: String) throws {
    let bench = try started()
    let blocks = bench.device.memory.blocks
    var image = bench.module(version: 2)
    if fault == "another firmware" {
      image = bench.module { $0.firmwareID = [UInt8](repeating: 0xAB, count: 32) }
    }
    if fault == "not loadable" { image = [UInt8](repeating: 0x42, count: 4000) }
    let connection = SimulatedConnection(to: bench.device)
    let head = bench.head(for: image, nonce: bench.nonce(over: connection), target: Self.ram)
    if fault == "another digest" { image[image.count - 1] ^= 1 }
    let reply = connection.exchange(head + image)
    let status = ["another firmware": 409, "not loadable": 422, "another digest": 403][fault] ?? 0
    #expect(reply.hasPrefix("HTTP/1.1 \(status) "), "\(reply)")
    #expect(bench.device.memory.blocks == blocks)
    #expect(!bench.isUpdateAvailable)
  }

  @Test(arguments: ["the client goes", "it stops sending", "the server stops"])
  func anUploadThatEndsEarlyIsFreed(reason: String) throws {
    let bench = try started()
    let blocks = bench.device.memory.blocks
    let connection = SimulatedConnection(to: bench.device)
    let image = bench.module(version: 2)
    _ = connection.exchange(
      bench.head(for: image, nonce: bench.nonce(over: connection), target: Self.ram))
    _ = connection.exchange(Array(image.prefix(100)))
    #expect(bench.device.memory.blocks.count == blocks.count + 1)
    switch reason {
    case "the client goes": connection.drop()
    case "it stops sending":
      bench.device.system.time += WireLimit.bodyPause + 1
      #expect(connection.exchange([]).hasPrefix("HTTP/1.1 408 "))
    default: try bench.device.runtime.stopServer()
    }
    #expect(bench.device.memory.blocks == blocks)
  }

  @Test func theSameOverAServerThatParsesRequests() throws {
    let bench = try started()
    let blocks = bench.device.memory.blocks
    let image = bench.module(version: 2)
    for isWhole in [false, true] {
      let nonce = bench.nonce(over: SimulatedConnection(to: bench.device))
      let head = bench.head(for: image, nonce: nonce, target: Self.ram)
      let request = SimulatedRequest(to: bench.device)
      #expect(request.begin(String(decoding: head, as: UTF8.self)) == "")
      let reply = request.receive(Array(image.prefix(isWhole ? image.count : 64)))
      #expect(reply.hasPrefix("HTTP/1.1 200 ") == isWhole, "\(reply)")
      if !isWhole {
        request.abort()
        #expect(bench.device.memory.blocks == blocks)
      }
    }
    try bench.load()
    #expect(bench.runningVersion == 2)
  }

  @Test func anImageThatRefusesIsDroppedAndTheOldOneGoesOn() throws {
    let bench = try started()
    _ = bench.upload(bench.hookedModule(version: 2), to: Self.ram)
    bench.refuse(version: 2, with: 7)
    #expect(throws: RuntimeError.refused(7)) { try bench.load() }
    #expect(bench.runningVersion == 1)
    #expect(bench.device.memory.blocks.count == 1)
    #expect(bench.device.flash.operations == [], "what flash holds is not to blame")
    try bench.load()
    #expect(bench.runningVersion == 1)
  }

  @Test func withNothingRunningFlashIsTakenAtOnce() throws {
    let bench = try started()
    try bench.device.runtime.unload()
    _ = bench.upload(bench.hookedModule(version: 2), to: Self.ram)
    bench.refuse(version: 2, with: 7)
    try bench.load()
    #expect(bench.runningVersion == 1)
  }

  @Test func withBodyAuthenticationAnOlderModuleIsRefused() throws {
    let bench = try started(.esp32c6, .body)
    let stages = [(5, Self.ram, 200), (4, Self.ram, 409), (4, "/upload", 409), (5, "/upload", 200)]
    for (version, target, status) in stages + [(4, Self.ramOnly, 409)] {
      let reply = bench.upload(bench.module(version: UInt8(version)), as: .body, to: target)
      #expect(reply.hasPrefix("HTTP/1.1 \(status) "), "\(version) to \(target): \(reply)")
    }
  }

  // MARK: - On trial

  /// A device that runs version 1 from flash, confirmed, and version 2 from RAM.
  private func onTrial(_ target: String = ram) throws -> TestBench {
    let bench = try started()
    _ = bench.upload(bench.module(version: 2), to: target)
    try bench.load()
    return bench
  }

  @Test(arguments: ["by itself", "by the application"])
  func whatHasProvedToBeGoodIsWrittenToFlash(way: String) throws {
    let bench = try onTrial()
    #expect(bench.device.system.scheduled > 0, "somebody looks")
    bench.device.runtime.tick()
    #expect(bench.device.flash.operations == [], "not yet")
    if way == "by itself" {
      bench.poll(3)
      bench.device.runtime.tick()
    } else {
      try bench.device.runtime.confirm()
    }
    let status = try bench.statusReply()
    #expect(
      status.contains(#""slot":1,"stored":true,"state":"confirmed","#), "\(status)")
    #expect(bench.device.memory.blocks.count == 1, "its memory is free")
    #expect(try bench.image()?.isConfirmed == true)
    #expect(try bench.boot(.crash))
    #expect(bench.runningVersion == 2)
    #expect(bench.device.system.scheduled == 0, "it is on trial no more")
  }

  @Test func whatIsToStayInRAMIsNotWritten() throws {
    let bench = try onTrial(Self.ramOnly)
    try bench.device.runtime.confirm()
    #expect(bench.device.flash.operations == [])
    let status = try bench.statusReply()
    #expect(
      status.contains(#""slot":null,"stored":false,"state":"confirmed","#), "\(status)")
    try bench.load()
    #expect(bench.runningVersion == 2, "the image is still there")
  }

  @Test func flashThatFailsIsSaidAndTheModuleGoesOn() throws {
    let bench = try onTrial()
    bench.device.flash.operationsUntilPowerCut = 2
    #expect(throws: RuntimeError.self) { try bench.device.runtime.confirm() }
    bench.device.flash.operationsUntilPowerCut = nil
    #expect(bench.runningVersion == 2)
    #expect(try bench.lastFailure().contains(#""error":"internal","detail":"the flash"#))
    #expect(bench.device.system.lines.contains { $0.hasPrefix("the flash") })
    try bench.device.runtime.unload()
    try bench.load()
    #expect(bench.runningVersion == 2, "from RAM")
    try bench.device.runtime.confirm()
    #expect(bench.device.memory.blocks.count == 2, "that is not tried again")
  }

  @Test func aPowerCutWhileItIsWrittenLeavesTheOldImageOrTheNewOne() throws {
    let reference = try onTrial()
    try reference.device.runtime.confirm()
    let count = reference.device.flash.operations.count
    #expect(count > 3)
    for cut in 0...count {
      let bench = try onTrial()
      bench.device.flash.operationsUntilPowerCut = cut
      try? bench.device.runtime.confirm()
      #expect(try bench.boot(.powerOn), "cut at \(cut) of \(count)")
      // From the mark "staged" on, the last but one, it counts, half of the mark is enough: on trial, if "confirmed" is
      // missing.
      let isNew = cut >= count - 2
      #expect(bench.runningVersion == (isNew ? 2 : 1), "cut at \(cut) of \(count)")
    }
  }

  @Test func itIsNotWrittenOverAnUploadThatIsUnderWay() throws {
    let bench = try onTrial()
    let connection = SimulatedConnection(to: bench.device)
    let image = bench.module(version: 3)
    _ = connection.exchange(bench.head(for: image, nonce: bench.nonce(over: connection)))
    bench.poll(3)
    bench.device.runtime.tick()
    #expect(connection.exchange(image).hasPrefix("HTTP/1.1 200 "))
    try bench.load()
    #expect(bench.runningVersion == 3)
  }

  @Test func aCrashIsReportedAndFlashIsNotToBlame() throws {
    let bench = TestBench()
    try bench.try(version: 1)
    try bench.startServer()
    _ = bench.upload(bench.module(version: 2), to: Self.ram)
    try bench.load()
    let block = try #require(bench.running?.block)
    #expect(bench.crash(at: block.executableAddress + 0x24).restarts)
    #expect(try bench.boot(.crash))
    #expect(bench.runningVersion == 1, "which is on trial itself")
    let failure = try bench.lastFailure()
    #expect(
      failure.contains(#""module":"","error":"rolled_back","detail":"rolled back: trap 5 in"#),
      "\(failure)")
  }
}
