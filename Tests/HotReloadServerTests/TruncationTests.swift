import HotReloadServer
import Testing

/// A client that stops in the middle, wherever that is, in whatever way.
@Suite("Truncated uploads")
struct TruncationTests {
  /// How the client stops.
  enum End: CaseIterable { case disconnect, silence }

  private static let challenge = "GET /challenge HTTP/1.1\r\n\r\n"
  private static let bytes = Array((challenge + UploadRequestText("hello", nonce: 1).text).utf8)

  /// Another client's upload works, with nonce `nonce`.
  private func expectUpload(to device: TestDevice, nonce: UInt8, _ comment: String) {
    let next = TestConnection(device)
    next.receive(Self.challenge + UploadRequestText("world", nonce: nonce).text)
    #expect(next.takeEvents().last == "send 200 OK: 5 bytes stored", "\(comment)")
  }

  @Test(
    "cut anywhere, nothing is stored, nothing stays open, and the next upload works",
    arguments: End.allCases)
  func byteStream(end: End) {
    for count in Self.bytes.indices {
      let device = TestDevice()
      let connection = TestConnection(device)
      connection.receive(Array(Self.bytes[..<count]))
      switch end {
      case .disconnect: connection.disconnect()
      case .silence:
        connection.wait(seconds: 10)
        connection.wait(seconds: 10)
      }
      let comment = "\(count) bytes, then \(end)"
      #expect(device.staged == nil && device.stored == nil, "\(comment)")
      let begins = connection.events.count { $0.hasPrefix("begin") }
      #expect(begins == connection.events.count { $0 == "discard" }, "\(comment)")
      expectUpload(to: device, nonce: device.nonces + 1, comment)
    }
  }

  @Test(
    "a body that another HTTP server reads, cut anywhere: the same", arguments: End.allCases)
  func parsedRequest(end: End) {
    let upload = UploadRequestText("hello", nonce: 1)
    for count in 0..<upload.body.utf8.count {
      let device = TestDevice()
      TestConnection(device).receive(Self.challenge)
      let request = TestRequest(device).begin(upload.head)
      if count > 0 { request.receive(String(upload.body.prefix(count))) }
      switch end {
      case .disconnect: request.abort()
      case .silence: request.wait(seconds: 10)
      }
      let comment = "\(count) bytes, then \(end)"
      #expect(request.events.count { $0 == "discard" } == 1, "\(comment)")
      #expect(device.staged == nil && device.stored == nil, "\(comment)")
      expectUpload(to: device, nonce: 2, comment)
    }
  }
}
