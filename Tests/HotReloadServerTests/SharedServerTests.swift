import HotReloadPort
import HotReloadServer
import Testing

@Suite("Two connections to one server")
struct SharedServerTests {
  private let device = TestDevice()
  private let first: TestConnection
  private let second: TestConnection

  init() {
    first = TestConnection(device)
    second = TestConnection(device)
    first.receive("GET /challenge HTTP/1.1\r\n\r\n")
    second.receive("GET /challenge HTTP/1.1\r\n\r\n")
    _ = first.takeEvents()
    _ = second.takeEvents()
  }

  private let busy = "send 409 {\"error\":\"busy\",\"detail\":\"another upload is under way\"}"

  @Test("while one uploads, the other is refused, and the first goes on")
  func busyThenDone() {
    first.receive(UploadRequestText(nonce: 1).head + "hel")
    second.receive(UploadRequestText(nonce: 2).head)
    #expect(second.takeEvents() == [busy])
    first.receive("lo")
    #expect(first.takeEvents().last == "send 200 OK: 5 bytes stored")
  }

  /// How the first upload ends, so that the second may begin.
  enum End: CaseIterable {
    case stored, wrongBody, refusedBegin, refusedWrite, refusedFinish, timeout, disconnect
  }

  @Test("when one has ended, however it ended, the other may upload", arguments: End.allCases)
  func releases(end: End) {
    let refusal = Refusal(.internal, "no")
    switch end {
    case .stored: first.receive(UploadRequestText(nonce: 1).text)
    case .wrongBody: first.receive(UploadRequestText(nonce: 1).head + "HELLO")
    case .refusedBegin: device.beginRefusal = refusal
    case .refusedWrite: device.writeRefusal = refusal
    case .refusedFinish: device.finishRefusal = refusal
    case .timeout:
      first.receive(UploadRequestText(nonce: 1).head)
      first.wait(seconds: 10)
    case .disconnect:
      first.receive(UploadRequestText(nonce: 1).head)
      first.disconnect()
    }
    first.receive(UploadRequestText(nonce: 1).text)
    device.beginRefusal = nil
    device.writeRefusal = nil
    device.finishRefusal = nil
    second.receive(UploadRequestText("world", nonce: 2).text)
    #expect(second.takeEvents().last == "send 200 OK: 5 bytes stored")
    #expect(device.stored == Array("world".utf8))
  }

  @Test("another connection's status is answered during an upload")
  func statusDuringUpload() {
    first.receive(UploadRequestText(nonce: 1).head + "hel")
    second.receive("GET /pending HTTP/1.1\r\n\r\n")
    #expect(second.takeEvents() == ["send 200 {\"pending\":false}"])
  }

  @Test("a nonce may be used on another connection than it was given to")
  func sharedNonces() {
    second.receive(UploadRequestText(nonce: 1).text)
    #expect(second.takeEvents().last == "send 200 OK: 5 bytes stored")
  }
}
