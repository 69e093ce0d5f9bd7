import HotReloadRuntime
import HotReloadServer
import HotReloadSimulator
import Testing

/// Hostile clients of a device whose module runs from flash: not a byte of the flash changes, and the device goes on.
@Suite struct ChannelTests {
  /// Version 1 runs from flash; the server listens.
  private func started(key: [UInt8] = TestBench.key) throws -> TestBench {
    let bench = TestBench(key: key)
    try bench.store(bench.module(version: 1))
    try bench.load()
    try bench.startServer()
    bench.device.flash.operations = []
    return bench
  }

  /// Version 1 runs, the flash was not touched, and a good upload is taken.
  private func expectUnharmed(_ bench: TestBench, _ comment: String) throws {
    #expect(bench.device.flash.operations == [], "\(comment)")
    #expect(bench.runningVersion == 1, "\(comment)")
    #expect(!bench.isUpdateAvailable, "\(comment)")
    let reply = bench.upload(bench.module(version: 9))
    #expect(reply.hasPrefix("HTTP/1.1 200 "), "\(comment): \(reply)")
    try bench.load()
    #expect(bench.runningVersion == 9, "\(comment)")
  }

  /// The bytes of a whole upload, and a nonce that was drawn for it.
  private func recording(_ bench: TestBench, version: UInt8 = 2) -> [UInt8] {
    let image = bench.module(version: version)
    return bench.head(for: image, nonce: bench.nonce(over: .init(to: bench.device))) + image
  }

  @Test func aRecordedUploadIsRefusedAndWritesNothing() throws {
    let bench = try started()
    let recorded = recording(bench)
    #expect(SimulatedConnection(to: bench.device).exchange(recorded).hasPrefix("HTTP/1.1 200 "))
    try bench.store(bench.module(version: 1))
    try bench.load()
    bench.device.flash.operations = []
    let reply = SimulatedConnection(to: bench.device).exchange(recorded)
    #expect(reply.hasPrefix("HTTP/1.1 403 "), "\(reply)")
    try expectUnharmed(bench, "replayed")
  }

  @Test func anUploadThatWasSignedBeforeARestartIsRefusedAfterIt() throws {
    let bench = try started()
    let recorded = recording(bench)
    bench.device.restart()
    try bench.load()
    try bench.startServer()
    bench.device.flash.operations = []
    let reply = SimulatedConnection(to: bench.device).exchange(recorded)
    #expect(reply.hasPrefix("HTTP/1.1 403 "), "\(reply)")
    try expectUnharmed(bench, "replayed after a restart")
  }

  @Test func aFlippedBitAnywhereInTheHeadIsRefusedAndWritesNothing() throws {
    let bench = try started()
    let image = bench.module(version: 2)
    let length = recording(bench).count - image.count
    /// Bytes of the head in which a flipped bit was not refused.
    var taken: [String] = []
    for index in 0..<length {
      var head = Array(recording(bench).prefix(length))
      head[index] ^= 1
      let connection = SimulatedConnection(to: bench.device)
      _ = connection.exchange(head)
      connection.drop()
      if !bench.device.flash.operations.isEmpty {
        taken.append(String(decoding: head.prefix(index + 1), as: UTF8.self))
        bench.device.flash.operations = []
      }
    }
    // The version is not signed: it decides nothing but whether the connection is kept.
    #expect(taken == ["POST /upload HTTP/1.0"])
    try expectUnharmed(bench, "after all of them")
  }

  @Test func anUploadThatEndsAnywhereLeavesTheModuleAsItWas() throws {
    let bench = try started()
    let count = recording(bench).count
    for end in stride(from: 0, to: count, by: 7) {
      let connection = SimulatedConnection(to: bench.device)
      _ = connection.exchange(Array(recording(bench).prefix(end)))
      connection.drop()
      #expect(bench.runningVersion == 1 && !bench.isUpdateAvailable, "after \(end) bytes")
    }
    bench.device.restart()
    try bench.load()
    #expect(bench.runningVersion == 1)
    try bench.startServer()
    #expect(bench.upload(bench.module(version: 3)).hasPrefix("HTTP/1.1 200 "))
  }

  @Test func aClientThatTrickledIsGivenUpAndTheNextOneIsTaken() throws {
    let bench = try started()
    let slow = SimulatedConnection(to: bench.device)
    let recorded = recording(bench)
    let head = recorded.count - bench.module(version: 2).count
    _ = slow.exchange(Array(recorded.prefix(head)))
    var reply = ""
    /// Bytes, one every five seconds.
    var sent = 0
    while reply.isEmpty, sent < 100 {
      bench.device.system.time += 5_000_000
      reply = slow.exchange([recorded[head + sent]])
      sent += 1
    }
    #expect(reply.hasPrefix("HTTP/1.1 408 "), "\(reply)")
    #expect(sent == 13, "a minute, and a millisecond for each byte")
    #expect(bench.upload(bench.module(version: 3)).hasPrefix("HTTP/1.1 200 "))
  }

  @Test func twoClientsAtOnceOverBothTransportsShareOnePlace() throws {
    let bench = try started()
    let stream = SimulatedConnection(to: bench.device)
    let recorded = recording(bench)
    #expect(stream.exchange(Array(recorded.dropLast(10))) == "")
    let image = bench.module(version: 3)
    let nonce = bench.nonce(over: .init(to: bench.device))
    let request = SimulatedRequest(to: bench.device)
    let head = String(decoding: bench.head(for: image, nonce: nonce), as: UTF8.self)
    let reply = request.begin(head)
    #expect(reply.hasPrefix("HTTP/1.1 409 "), "\(reply)")
    #expect(stream.exchange(recorded.suffix(10)).hasPrefix("HTTP/1.1 200 "))
    try bench.load()
    #expect(bench.runningVersion == 2)
  }

  @Test func aFirmwareWithARotatedKeyRefusesTheOldOneAndWritesNothing() throws {
    // Clients of the bench sign with the old key.
    let bench = try started(key: TestBench.key.reversed())
    let reply = bench.upload(bench.module(version: 2))
    #expect(reply.hasPrefix("HTTP/1.1 403 "), "\(reply)")
    #expect(reply.contains("X-Hotreload-HMAC is wrong"), "\(reply)")
    #expect(bench.device.flash.operations == [])
    #expect(bench.runningVersion == 1)
  }
}
