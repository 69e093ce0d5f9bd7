import HotReloadPort
import HotReloadRuntime
import HotReloadServer
import HotReloadSimulator
import TestImages
import Testing

/// Uploads through the runtime: what reaches the store, and what does not (FEATURES F19 to F26, B6, B11 to B13).
@Suite struct UploadTests {
  private func started(
    _ authentication: Authentication = .challenge, maximum: UInt32 = 64 << 10
  ) throws -> TestBench {
    let bench = TestBench()
    try bench.device.runtime.startServer(
      label: nil, maximumLength: maximum, authentication: authentication)
    return bench
  }

  @Test func aGoodUploadIsStoredAndWaitsForTheApplication() throws {
    let bench = try started()
    let reply = bench.upload(bench.module(version: 3))
    #expect(reply.hasPrefix("HTTP/1.1 200 OK\r\n"), "\(reply)")
    #expect(reply.contains("\r\n\r\nOK: "), "\(reply)")
    #expect(bench.isUpdateAvailable)
    #expect(bench.runningVersion == nil, "an upload never reloads")
    try bench.load()
    #expect(bench.runningVersion == 3)
  }

  @Test func theStoredBytesAreTheUploadedOnes() throws {
    let bench = try started()
    let image = bench.module()
    _ = bench.upload(image)
    let flash = try #require(bench.device.flash.contents(of: "hotreload"))
    #expect(Array(flash[512..<512 + image.count]) == image)
  }

  @Test func aModuleForAnotherFirmwareIsRefusedByName() throws {
    let bench = try started()
    let reply = bench.upload(bench.module { $0.firmwareID = [UInt8](repeating: 0xAB, count: 32) })
    #expect(reply.hasPrefix("HTTP/1.1 409 "), "\(reply)")
    #expect(reply.contains("wrong_firmware"), "\(reply)")
    #expect(reply.contains("abababab") && reply.contains("f0f0f0f0"), "\(reply)")
    #expect(!bench.isUpdateAvailable)
  }

  @Test func anImageThatCannotLoadIsRefusedWithTheReason() throws {
    let bench = try started()
    let reply = bench.upload(bench.module { $0.relative = [0x20] })
    #expect(reply.hasPrefix("HTTP/1.1 422 "), "\(reply)")
    #expect(reply.contains("lies outside the data"), "\(reply)")
    #expect(throws: RuntimeError.noImage) { try bench.load() }
  }

  @Test func aPlainObjectWithoutTheFirmwaresFunctionsIsRefused() throws {
    let bench = try started()
    let reply = bench.upload(try Fixture.bytes("symbolic.so"))
    #expect(reply.hasPrefix("HTTP/1.1 409 "), "\(reply)")
    #expect(reply.contains("\"exports_changed\""), "\(reply)")
    #expect(throws: RuntimeError.noImage) { try bench.load() }
  }

  @Test func anUploadThatTheApplicationOvertakesIsDropped() throws {
    let bench = try started()
    let connection = SimulatedConnection(to: bench.device)
    let image = bench.module(version: 2)
    _ = connection.exchange(bench.head(for: image, nonce: bench.nonce(over: connection)))
    _ = connection.exchange(Array(image.prefix(64)))
    try bench.store(bench.module(version: 1))
    let reply = connection.exchange(Array(image.dropFirst(64)))
    #expect(reply.hasPrefix("HTTP/1.1 500 "), "\(reply)")
    try bench.load()
    #expect(bench.runningVersion == 1)
  }

  @Test func garbageIsRefused() throws {
    let bench = try started()
    let reply = bench.upload([UInt8](repeating: 0x42, count: 4000))
    #expect(reply.hasPrefix("HTTP/1.1 422 "), "\(reply)")
  }

  @Test func aSecondUploadIsToldThatTheDeviceIsBusy() throws {
    let bench = try started()
    let image = bench.module()
    let first = SimulatedConnection(to: bench.device)
    let second = SimulatedConnection(to: bench.device)
    let head = bench.head(for: image, nonce: bench.nonce(over: first))
    #expect(first.exchange(head) == "")
    let reply = second.exchange(bench.head(for: image, nonce: bench.nonce(over: second)))
    #expect(reply.hasPrefix("HTTP/1.1 409 "), "\(reply)")
    #expect(reply.contains("\"busy\""), "\(reply)")
    #expect(first.exchange(image).hasPrefix("HTTP/1.1 200 "), "the first goes on")
  }

  @Test func anAbortedUploadLeavesEverythingAndTheNextOneWorks() throws {
    let bench = try started()
    try bench.store(bench.module(version: 1))
    try bench.load()
    let connection = SimulatedConnection(to: bench.device)
    let image = bench.module(version: 2)
    _ = connection.exchange(bench.head(for: image, nonce: bench.nonce(over: connection)))
    _ = connection.exchange(Array(image.prefix(100)))
    connection.drop()
    #expect(bench.runningVersion == 1)
    #expect(!bench.isUpdateAvailable)
    #expect(bench.upload(bench.module(version: 3)).hasPrefix("HTTP/1.1 200 "))
  }

  @Test func aClientThatStopsSendingRunsIntoTheDeadline() throws {
    let bench = try started()
    let connection = SimulatedConnection(to: bench.device)
    let image = bench.module()
    _ = connection.exchange(bench.head(for: image, nonce: bench.nonce(over: connection)))
    bench.device.system.time += WireLimit.bodyPause + 1
    #expect(connection.exchange([]).hasPrefix("HTTP/1.1 408 "))
    #expect(bench.upload(image).hasPrefix("HTTP/1.1 200 "))
  }

  @Test func withBodyAuthenticationAnOlderModuleIsRefused() throws {
    let bench = try started(.body)
    #expect(bench.upload(bench.module(version: 5), as: .body).hasPrefix("HTTP/1.1 200 "))
    let replayed = bench.upload(bench.module(version: 4), as: .body)
    #expect(replayed.hasPrefix("HTTP/1.1 409 "), "\(replayed)")
    #expect(replayed.contains("\"older\""), "\(replayed)")
  }

  @Test func withAChallengeAnOlderModuleIsWelcome() throws {
    let bench = try started()
    #expect(bench.upload(bench.module(version: 5)).hasPrefix("HTTP/1.1 200 "))
    #expect(bench.upload(bench.module(version: 4)).hasPrefix("HTTP/1.1 200 "))
  }

  @Test func anImageLargerThanTheSlotIsRefusedBeforeItsBody() throws {
    let bench = try started(maximum: 1 << 20)
    let connection = SimulatedConnection(to: bench.device)
    let image = [UInt8](repeating: 0, count: 70_000)
    let reply = connection.exchange(bench.head(for: image, nonce: bench.nonce(over: connection)))
    #expect(reply.hasPrefix("HTTP/1.1 413 "), "\(reply)")
  }

  @Test func withoutRandomnessThereAreNoNonces() throws {
    let bench = try started()
    bench.device.system.hasRandomness = false
    let reply = SimulatedConnection(to: bench.device).exchange(
      Array("GET /challenge HTTP/1.1\r\n\r\n".utf8))
    #expect(reply.hasPrefix("HTTP/1.1 500 "), "\(reply)")
  }

  @Test func startingTwiceAndStoppingTwiceAreErrors() throws {
    let bench = try started()
    #expect(throws: RuntimeError.serverRunning) {
      try bench.device.runtime.startServer(
        label: nil, maximumLength: 1, authentication: .challenge)
    }
    try bench.device.runtime.stopServer()
    #expect(throws: RuntimeError.serverStopped) { try bench.device.runtime.stopServer() }
  }
}
