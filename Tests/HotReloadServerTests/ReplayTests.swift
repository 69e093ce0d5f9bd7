import HotReloadPort
import HotReloadServer
import Testing

/// What somebody who has heard an upload, or has no key, can do with it: nothing.
@Suite("Replay")
struct ReplayTests {
  private let device = TestDevice()

  /// Draws nonces 1…`count`, each over a connection of its own.
  private func drawNonces(_ count: Int) {
    for _ in 0..<count { TestConnection(device).receive("GET /challenge HTTP/1.1\r\n\r\n") }
  }

  /// How an upload may come in.
  enum Transport: CaseIterable { case byteStream, parsed }

  /// Sends an upload over a connection of its own; the events.
  private func send(_ upload: UploadRequestText, over transport: Transport) -> [String] {
    switch transport {
    case .byteStream:
      let connection = TestConnection(device)
      connection.receive(upload.text)
      return connection.takeEvents()
    case .parsed:
      let request = TestRequest(device).begin(upload.head)
      if request.next == .upload { request.receive(upload.body) }
      return request.takeEvents()
    }
  }

  private let stored = "send 200 OK: 5 bytes stored"
  private let stale =
    "send 403 {\"error\":\"forbidden\",\"detail\":\"the nonce is unknown, used or older than 30 s\"}"
  private let wrong =
    "send 403 {\"error\":\"forbidden\",\"detail\":\"X-Hotreload-HMAC is wrong\"}"

  @Test("a recorded conversation, challenge and upload, is refused word for word")
  func conversation() {
    let recording = "GET /challenge HTTP/1.1\r\n\r\n" + UploadRequestText(nonce: 1).text
    let first = TestConnection(device)
    first.receive(recording)
    #expect(first.takeEvents().last == stored)
    device.stored = nil
    for _ in 0..<5 {
      let again = TestConnection(device)
      again.receive(recording)
      #expect(again.takeEvents().dropFirst().first == stale)
    }
    #expect(device.stored == nil)
  }

  @Test("a recorded upload is refused after a restart, too", arguments: Transport.allCases)
  func restart(over transport: Transport) {
    drawNonces(1)
    let upload = UploadRequestText(nonce: 1)
    device.server.start(device.server.configuration)
    #expect(send(upload, over: transport).first == stale)
  }

  /// A change of an upload that was signed right, made without the key.
  struct Change: CustomTestStringConvertible {
    var testDescription: String
    var make: @Sendable (inout UploadRequestText) -> Void
  }

  static let changes = [
    Change(testDescription: "another body, with its digest") {
      $0.body = "HELLO"
      $0.sha256 = hex(digest(of: "HELLO"))
    },
    Change(testDescription: "a longer body") {
      $0.body += "!"
      $0.length = "6"
      $0.sha256 = hex(digest(of: "hello!"))
    },
    Change(testDescription: "another length") { $0.length = "4" },
    Change(testDescription: "a longer length") { $0.length = "6" },
    Change(testDescription: "another partition") { $0.target = "/upload?partition=two" },
    Change(testDescription: "no partition") { $0.target = "/upload" },
    Change(testDescription: "the same partition in other letters") {
      $0.target = "/upload?partition=%6Fne"
    },
    Change(testDescription: "an empty query more") { $0.target = "/upload?partition=one&" },
    Change(testDescription: "another place, if only until a restart") {
      $0.target = "/upload?partition=one&stage=ram"
    },
    Change(testDescription: "another nonce") { $0.nonce = String(repeating: "02", count: 16) },
    Change(testDescription: "a code in which one bit differs") {
      $0.hmac = $0.hmac.map { ($0.hasPrefix("0") ? "1" : "0") + $0.dropFirst() }
    },
    Change(testDescription: "the digest for the code") { $0.hmac = $0.sha256 },
  ]

  @Test(
    "a signature is good for its body, length, target and nonce only, before a byte is stored",
    arguments: changes, Transport.allCases)
  func changed(change: Change, over transport: Transport) {
    drawNonces(2)
    var upload = UploadRequestText(nonce: 1, target: "/upload?partition=one")
    change.make(&upload)
    #expect(send(upload, over: transport).first == wrong)
    #expect(device.staged == nil && device.stored == nil)
  }

  static let orders = [[1, 2, 3, 4], [4, 3, 2, 1], [2, 4, 1, 3], [3, 1, 4, 2]] as [[UInt8]]

  @Test("nonces may be used in any order, each once", arguments: orders, Transport.allCases)
  func reordered(order: [UInt8], over transport: Transport) {
    drawNonces(4)
    for nonce in order {
      #expect(send(UploadRequestText(nonce: nonce), over: transport).contains(stored), "\(nonce)")
    }
    for nonce in order {
      #expect(send(UploadRequestText(nonce: nonce), over: transport).first == stale, "\(nonce)")
    }
  }

  @Test("who draws nonces without end takes those of others away, but no upload gets in")
  func fifthNonce() {
    drawNonces(5)
    #expect(send(UploadRequestText(nonce: 1), over: .byteStream).first == stale)
    for nonce in 2...5 as ClosedRange<UInt8> {
      #expect(send(UploadRequestText(nonce: nonce), over: .byteStream).last == stored, "\(nonce)")
    }
  }

  @Test(
    "a nonce is good for half a minute", arguments: [(30, true), (30.001, false), (3600, false)])
  func expiry(seconds: Double, isGood: Bool) {
    drawNonces(1)
    device.now += UInt64(seconds * 1_000_000)
    #expect(send(UploadRequestText(nonce: 1), over: .parsed).first == (isGood ? "begin 5" : stale))
  }

  @Test("a wrong key is refused, and costs nobody else a nonce", arguments: Transport.allCases)
  func wrongKey(over transport: Transport) {
    drawNonces(2)
    let wrongKey = InlineArray<32, UInt8>(repeating: 0)
    #expect(send(UploadRequestText(nonce: 1, key: wrongKey), over: transport).first == wrong)
    #expect(send(UploadRequestText(nonce: 2), over: transport).contains(stored))
  }

  @Test("a firmware with a new key refuses the old one", arguments: Transport.allCases)
  func rotation(over transport: Transport) {
    let newKey = InlineArray<32, UInt8> { UInt8($0 ^ 0xA5) }
    device.server.start(
      ServerConfiguration(authentication: .challenge, key: newKey, maximumLength: 1000))
    drawNonces(2)
    #expect(send(UploadRequestText(nonce: 1), over: transport).first == wrong)
    #expect(send(UploadRequestText(nonce: 2, key: newKey), over: transport).contains(stored))
  }
}
