import Synchronization
import Testing

@testable import HotReloadClient

@Suite struct UploadTests {
  private func key() throws -> UploadKey {
    try #require(UploadKey(bytes: Array(repeating: 7, count: 32)))
  }

  /// A device that hands out nonces 00…, 01…, … and answers uploads with `answer`.
  private static func script(
    auth: String = "challenge",
    head: @escaping @Sendable (LoopbackDevice.Request) -> LoopbackDevice.Answer? = { _ in nil },
    _ answer: @escaping @Sendable (LoopbackDevice.Request) -> LoopbackDevice.Answer
  ) -> LoopbackDevice.Script {
    let nonces = Counter()
    return .init(head: head) { request in
      switch request.target {
      case "/status": .reply(200, Sample.status(auth: auth))
      case "/challenge":
        .reply(
          200, #"{"nonce":"\#(Hex.encode(Array(repeating: nonces.next(), count: 16)))"}"#)
      default: answer(request)
      }
    }
  }

  private final class Counter: Sendable {
    private let value = Mutex<UInt8>(0)
    func next() -> UInt8 {
      value.withLock { value in
        defer { value += 1 }
        return value
      }
    }
  }

  @Test func challengeModeSendsNonceDigestAndHMAC() async throws {
    let device = try await LoopbackDevice(Self.script { _ in .reply(200, "OK: 3 bytes\n") })
    let words = try await DeviceClient(url: device.url).upload(
      image: [1, 2, 3], key: key(), options: UploadOptions(partition: "hot reload"))
    #expect(words == "OK: 3 bytes")
    #expect(
      device.targets == [
        "GET /status", "GET /challenge", "POST /upload?partition=hot%20reload",
      ])
    let upload = try #require(device.requests.last)
    #expect(upload.body == [1, 2, 3])
    let expected = UploadAuthorization(image: [1, 2, 3], key: try key())
      .headers(nonce: Array(repeating: 0, count: 16), target: upload.target)
    for (name, value) in expected {
      #expect(upload.headers[name.lowercased()] == value, "\(name)")
    }
    #expect(upload.headers["content-length"] == "3")
    #expect(upload.headers["transfer-encoding"] == nil)
  }

  @Test(
    arguments: [
      (nil, .flash, "/upload"), (nil, .ram, "/upload?stage=ram"),
      ("a", .ramOnly, "/upload?partition=a&stage=ram-only"),
    ] as [(String?, UploadOptions.Stage, String)])
  func theTargetHasTheOptions(partition: String?, stage: UploadOptions.Stage, target: String) {
    #expect(UploadOptions(partition: partition, stage: stage).target == target)
  }

  @Test func theTargetHasTheEncoding() {
    #expect(UploadOptions(isEncoded: true).target == "/upload?encoding=delta")
    #expect(
      UploadOptions(partition: "a", stage: .ram, isEncoded: true).target
        == "/upload?partition=a&stage=ram&encoding=delta")
  }

  @Test func bodyModeNeedsNoNonce() async throws {
    let device = try await LoopbackDevice(
      Self.script(auth: "body") { _ in .reply(200, "OK: stored") })
    try await DeviceClient(url: device.url).upload(image: [9], key: key())
    #expect(device.targets == ["GET /status", "POST /upload"])
    let upload = try #require(device.requests.last)
    #expect(upload.headers["x-hotreload-nonce"] == nil)
    for (name, value) in UploadAuthorization(image: [9], key: try key()).headersOverBody() {
      #expect(upload.headers[name.lowercased()] == value, "\(name)")
    }
  }

  @Test func theHeadersOfAnUploadFitInto512Bytes() async throws {
    let device = try await LoopbackDevice(Self.script { _ in .reply(200, "OK") })
    try await DeviceClient(url: device.url).upload(
      image: Array(repeating: 0, count: 131_072), key: key(),
      options: UploadOptions(partition: "sixteen_bytes_xx"), authentication: .challenge)
    let size = device.requests.last?.headers.reduce(0) { $0 + $1.key.count + $1.value.count + 4 }
    #expect(try #require(size) <= 512)
  }

  @Test func aHostNameThatDoesNotFitIsSaidSoBeforeSending() async throws {
    let url = try DeviceURL(String(repeating: "a", count: 600))
    let error = await #expect(throws: ClientError.self) {
      try await DeviceClient(url: url).upload(image: [1], key: key(), authentication: .body)
    }
    guard case .protocolViolation(_, let detail)? = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(detail.contains("512"))
  }

  @Test func progressEndsWithTheWholeImage() async throws {
    let device = try await LoopbackDevice(Self.script { _ in .reply(200, "OK") })
    let seen = Mutex<[Int]>([])
    let image = (0..<100_000).map { UInt8(truncatingIfNeeded: $0) }
    try await DeviceClient(url: device.url).upload(
      image: image, key: key(), authentication: .challenge
    ) { sent, total in
      #expect(total == 100_000)
      seen.withLock { $0.append(sent) }
    }
    #expect(device.requests.last?.body == image)
    seen.withLock { seen in
      #expect(seen == seen.sorted())
      #expect(seen.last == 100_000)
      #expect(seen.count > 1)
    }
  }

  @Test func anEmptyImageIsSentForTheDeviceToRefuse() async throws {
    let device = try await LoopbackDevice(
      Self.script { _ in .reply(400, #"{"error":"bad_request","detail":"no body"}"#) })
    await #expect(
      throws: ClientError.refused(Refusal(status: 400, error: "bad_request", detail: "no body"))
    ) {
      try await DeviceClient(url: device.url).upload(image: [], key: key())
    }
  }

  @Test func aRefusalAfterTheHeadEndsTheUploadWithItsWords() async throws {
    let device = try await LoopbackDevice(
      Self.script(head: { request in
        request.method == "POST"
          ? .reply(413, #"{"error":"too_large","detail":"slot of 65536 bytes"}"#) : nil
      }) { _ in .silence })
    let client = DeviceClient(url: device.url)
    // More than the sockets' buffers take: the client is still sending when the refusal comes.
    let image = [UInt8](repeating: 1, count: 64 << 20)
    await #expect(
      throws: ClientError.refused(
        Refusal(status: 413, error: "too_large", detail: "slot of 65536 bytes"))
    ) {
      try await client.upload(image: image, key: key(), authentication: .challenge)
    }
    // The half-sent request must not spoil the next one.
    #expect(try await client.status().chip == "qemu-riscv32")
  }

  @Test func aConnectionLostMidBodyIsTriedAgainWithAFreshNonce() async throws {
    let device = try await LoopbackDevice(
      Self.script(head: { request in
        request.method == "POST" && request.connection == 0 ? .drop : nil
      }) { _ in .reply(200, "OK: second time") })
    let words = try await DeviceClient(url: device.url).upload(
      image: Array(repeating: 1, count: 300_000), key: key(), authentication: .challenge)
    #expect(words == "OK: second time")
    let nonces = device.requests.compactMap { $0.headers["x-hotreload-nonce"] }
    #expect(nonces.count == 2)
    #expect(Set(nonces).count == 2)
  }

  @Test func aConnectionLostMidBodyTwiceIsUnreachable() async throws {
    let device = try await LoopbackDevice(
      Self.script(head: { $0.method == "POST" ? .drop : nil }) { _ in .silence })
    let error = await #expect(throws: ClientError.self) {
      try await DeviceClient(url: device.url).upload(
        image: Array(repeating: 1, count: 300_000), key: key(), authentication: .challenge)
    }
    guard case .unreachable(device.url, _)? = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(device.targets.count { $0 == "POST /upload" } == 2)
  }

  @Test func aDeviceThatStopsReadingTimesOut() async throws {
    let device = try await LoopbackDevice(Self.script { _ in .silence })
    let error = await #expect(throws: ClientError.self) {
      try await DeviceClient(
        url: device.url, timeouts: Timeouts(connect: .seconds(240), reply: .milliseconds(50))
      ).upload(image: [1], key: key(), authentication: .body)
    }
    #expect(error == .unreachable(device.url, reason: "no reply within 50 ms"))
  }
}
