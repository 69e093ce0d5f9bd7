import NIOCore
import NIOPosix
import Synchronization
import Testing

@testable import HotReloadClient

@Suite struct DeviceClientTests {
  private func client(
    _ device: LoopbackDevice, reply: Duration = .seconds(240)
  ) -> DeviceClient {
    DeviceClient(url: device.url, timeouts: Timeouts(connect: .seconds(240), reply: reply))
  }

  @Test func asksForStatusPendingAndChallengeOverOneConnection() async throws {
    let device = try await LoopbackDevice([
      "GET /status": .reply(200, Sample.status()),
      "GET /pending": .reply(200, #"{"pending":true}"#),
      "GET /challenge": .reply(200, #"{"nonce":"\#(Sample.nonce)"}"#),
    ])
    let client = client(device)
    #expect(try await client.status().chip == "qemu-riscv32")
    #expect(try await client.pending())
    #expect(try await client.challenge() == Array(0..<16))
    #expect(device.requests.map(\.connection) == [0, 0, 0])
    #expect(
      device.requests.map { $0.headers["host"] }
        == .init(
          repeating: device.url.authority, count: 3))
  }

  @Test func aReplyThatClosesIsFollowedByANewConnection() async throws {
    let device = try await LoopbackDevice([
      "GET /pending": .reply(200, #"{"pending":false}"#, close: true)
    ])
    let client = client(device)
    for _ in 0..<3 { #expect(try await !client.pending()) }
    #expect(device.requests.map(\.connection) == [0, 1, 2])
  }

  @Test func closingGivesTheConnectionBack() async throws {
    let device = try await LoopbackDevice(["GET /pending": .reply(200, #"{"pending":false}"#)])
    let client = client(device)
    _ = try await client.pending()
    await client.close()
    _ = try await client.pending()
    #expect(device.requests.map(\.connection) == [0, 1])
  }

  @Test func reconnectsOnceAfterALostConnection() async throws {
    let device = try await LoopbackDevice(
      .init(request: { $0.connection == 0 ? .drop : .reply(200, #"{"pending":true}"#) }))
    #expect(try await client(device).pending())
    #expect(device.requests.map(\.connection) == [0, 1])
  }

  @Test func givesUpAfterTheSecondLostConnection() async throws {
    let device = try await LoopbackDevice(.init(request: { _ in .drop }))
    let error = await #expect(throws: ClientError.self) { try await client(device).pending() }
    guard case .unreachable(device.url, let reason)? = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(reason.contains("closed"))
    #expect(device.requests.count == 2)
  }

  @Test func aReplyCutShortIsNotAskedForAgain() async throws {
    let device = try await LoopbackDevice(
      .init(request: { _ in .raw("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"pend") }))
    let error = await #expect(throws: ClientError.self) { try await client(device).pending() }
    guard case .unreachable? = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(device.requests.count == 1)
  }

  @Test func nobodyListensIsUnreachable() async throws {
    // A port that was free a moment ago.
    let server = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
      .bind(host: "127.0.0.1", port: 0).get()
    let url = try DeviceURL("127.0.0.1:\(server.localAddress?.port ?? 0)")
    try await server.close()
    let error = await #expect(throws: ClientError.self) {
      try await DeviceClient(url: url).status()
    }
    #expect(error == .unreachable(url, reason: "Connection refused"))
  }

  @Test func aSilentDeviceTimesOut() async throws {
    let device = try await LoopbackDevice(.init(request: { _ in .silence }))
    let error = await #expect(throws: ClientError.self) {
      try await client(device, reply: .milliseconds(50)).status()
    }
    #expect(error == .unreachable(device.url, reason: "no reply within 50 ms"))
    #expect(device.requests.count <= 1, "a slow device is not asked twice")
  }

  @Test(arguments: ["SSH-2.0-OpenSSH_9.2\r\n", "HTTP/1.1 two hundred\r\n\r\n"])
  func whatIsNotHTTPIsAProtocolViolation(reply: String) async throws {
    let device = try await LoopbackDevice(.init(request: { _ in .raw(reply) }))
    let error = await #expect(throws: ClientError.self) { try await client(device).status() }
    guard case .protocolViolation? = error else {
      Issue.record("\(String(describing: error))")
      return
    }
  }

  @Test(arguments: ["", "OK", "{}", #"{"pending":1}"#, #"{"pending":true"#])
  func jsonThatDoesNotFitIsAProtocolViolation(body: String) async throws {
    let device = try await LoopbackDevice(["GET /pending": .reply(200, body)])
    let error = await #expect(throws: ClientError.self) { try await client(device).pending() }
    guard case .protocolViolation? = error else {
      Issue.record("\(String(describing: error))")
      return
    }
  }

  @Test(arguments: ["", "00", "zz0102030405060708090a0b0c0d0e0f"])
  func aBadNonceIsAProtocolViolation(nonce: String) async throws {
    let device = try await LoopbackDevice([
      "GET /challenge": .reply(200, #"{"nonce":"\#(nonce)"}"#)
    ])
    let error = await #expect(throws: ClientError.self) { try await client(device).challenge() }
    guard case .protocolViolation? = error else {
      Issue.record("\(String(describing: error))")
      return
    }
  }

  @Test(arguments: [
    (
      409, #"{"error":"wrong_firmware","detail":"another firmware"}"#, "wrong_firmware",
      "another firmware"
    ),
    (503, "busy\n", "", "busy"),
    (500, "", "", ""),
  ])
  func anotherStatusIsARefusal(
    status: Int, body: String, code: String, detail: String
  ) async throws {
    let device = try await LoopbackDevice(["GET /status": .reply(status, body)])
    let error = await #expect(throws: ClientError.self) { try await client(device).status() }
    #expect(error == .refused(Refusal(status: status, error: code, detail: detail)))
  }

  @Test func aCancelledCallEnds() async throws {
    let asked = AsyncStream.makeStream(of: Void.self)
    let device = try await LoopbackDevice(
      .init(request: { _ in
        asked.continuation.yield()
        return .silence
      }))
    let client = client(device)
    let call = Task { try await client.status() }
    for await _ in asked.stream { break }
    call.cancel()
    await #expect(throws: ClientError.cancelled) { try await call.value }
  }
}
