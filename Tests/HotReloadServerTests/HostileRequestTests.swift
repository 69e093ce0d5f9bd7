import HotReloadServer
import Testing

/// Requests made to exhaust the server, or to be read as something else.
@Suite("Hostile requests")
struct HostileRequestTests {
  private let device = TestDevice()

  private func connect() -> TestConnection {
    let connection = TestConnection(device)
    connection.receive("GET /challenge HTTP/1.1\r\n\r\n")
    _ = connection.takeEvents()
    return connection
  }

  private let stored = "send 200 OK: 5 bytes stored"

  // MARK: - Too much

  @Test(
    "a Content-Length that is no number of this device's is refused, and no nonce is lost",
    arguments: [
      ("1001", 413), ("2147483648", 413), ("4294967295", 413), ("4294967296", 400),
      ("18446744073709551621", 400), ("99999999999999999999999999999999999999999999999", 400),
      ("-5", 400), ("+5", 400), ("0x5", 400), ("5 5", 400), ("5,5", 400),
      ("5\r\nContent-Length: 5", 400),
      ("", 400), ("0", 400), ("５", 400),
    ])
  func contentLength(value: String, status: Int) {
    let connection = connect()
    var upload = UploadRequestText(nonce: 1)
    upload.length = value
    connection.receive(upload.head)
    #expect(connection.takeEvents().first?.hasPrefix("send \(status) ") == true)
    #expect(device.staged == nil)
    let other = TestConnection(device)
    other.receive(UploadRequestText(nonce: 1).text)
    #expect(other.takeEvents().last == stored)
  }

  /// A head of an upload with too much of something.
  static let oversizedHeads = [
    "POST /upload?partition=\(String(repeating: "a", count: 17)) HTTP/1.1\r\n",
    "POST /upload\(String(repeating: "/", count: 129)) HTTP/1.1\r\n",
    "POST /\(String(repeating: "u", count: 10_000)) HTTP/1.1\r\n",
    "\(String(repeating: "P", count: 161)) /upload HTTP/1.1\r\n",
    "POST /upload HTTP/1.1\r\n\(String(repeating: "X: y\r\n", count: 200))",
    "POST /upload HTTP/1.1\r\nX-Hotreload-HMAC: \(String(repeating: "0", count: 2000))\r\n",
    "POST /upload HTTP/1.1\r\n\(String(repeating: "X", count: 2000)): y\r\n",
  ]

  @Test(
    "too long a line, target, field or head is refused once, and the next client is answered",
    arguments: oversizedHeads)
  func oversized(head: String) {
    let connection = connect()
    connection.receive(head + "\r\n")
    let events = connection.takeEvents()
    #expect(events.count { $0.hasPrefix("send 4") } == 1, "\(events)")
    #expect(!events.contains { $0.hasPrefix("begin") }, "\(events)")
    let other = TestConnection(device)
    other.receive(UploadRequestText(nonce: 1).text)
    #expect(other.takeEvents().last == stored)
  }

  // MARK: - Too slow

  @Test("heads that trickle on many connections keep nobody else from an upload")
  func slowHeads() {
    let slow = (0..<16).map { _ in TestConnection(device) }
    for character in "POST /upl" {
      for connection in slow { connection.receive(String(character)) }
      device.now += 1_000_000
    }
    let connection = connect()
    connection.receive(UploadRequestText(nonce: 1).text)
    #expect(connection.takeEvents().last == stored)
    for connection in slow {
      connection.wait(seconds: 1)
      #expect(connection.takeEvents().last == "close")
    }
  }

  @Test("a body that trickles holds the one place to upload to for a minute, not longer")
  func slowBody() {
    let slow = connect()
    slow.receive(UploadRequestText(String(repeating: "x", count: 1000), nonce: 1).head)
    /// Seconds until the other client got in.
    var waited = 0
    while device.stored == nil, waited < 100 {
      slow.receive("x")
      slow.wait(seconds: 1)
      waited += 1
      let other = connect()
      other.receive(UploadRequestText(nonce: device.nonces).text)
      let reply = other.takeEvents().first { $0.hasPrefix("send") } ?? ""
      #expect(reply == stored || reply.hasPrefix("send 409 "), "\(reply)")
    }
    // One minute, and a millisecond for each byte.
    #expect(waited == 61)
  }

  // MARK: - More than one

  @Test("requests behind an upload are answered in order, wherever the stream is cut")
  func behindAnUpload() {
    let bytes = Array(
      (UploadRequestText("hello", nonce: 1).text + "GET /pending HTTP/1.1\r\n\r\n"
        + "GET /challenge HTTP/1.1\r\n\r\n" + UploadRequestText("world", nonce: 2).text
        + "GET /pending HTTP/1.1\r\n\r\n").utf8)
    for cut in bytes.indices {
      let device = TestDevice()
      let connection = TestConnection(device)
      connection.receive("GET /challenge HTTP/1.1\r\n\r\n")
      _ = connection.takeEvents()
      connection.receive(Array(bytes[..<cut]))
      connection.receive(Array(bytes[cut...]))
      #expect(
        connection.takeEvents() == [
          "begin 5", "write hello", "finish", stored, "send 200 {\"pending\":false}",
          "send 200 {\"nonce\":\"\(String(repeating: "02", count: 16))\"}",
          "begin 5", "write world", "finish", stored, "send 200 {\"pending\":false}",
        ], "cut at \(cut)")
    }
  }

  @Test("a body that reads like a request is a body")
  func requestAsBody() {
    let body = "POST /upload HTTP/1.1\r\nContent-Length: 1\r\n\r\nGET /status HTTP/1.1\r\n\r\n"
    let connection = connect()
    connection.receive(UploadRequestText(body, nonce: 1).text)
    #expect(connection.takeEvents().last == "send 200 OK: \(body.utf8.count) bytes stored")
    #expect(device.stored == Array(body.utf8))
  }

  @Test("a request in the body of a refused upload has no more rights than any other")
  func requestInARefusedBody() {
    let connection = connect()
    var hidden = UploadRequestText(nonce: 1)
    hidden.hmac = String(repeating: "0", count: 64)
    let body = "GET /pending HTTP/1.1\r\n\r\n" + hidden.text
    var upload = UploadRequestText(body, nonce: 9)
    upload.nonce = nil
    connection.receive(upload.text)
    let events = connection.takeEvents()
    #expect(events.first?.hasPrefix("send 403 ") == true, "\(events)")
    #expect(!events.contains { $0.hasPrefix("begin") }, "\(events)")
    #expect(device.stored == nil)
  }

  @Test(
    "at every byte of one client's upload another client's is refused, and the first one's is whole"
  )
  func twoClients() {
    let body = "0123456789"
    for count in 0..<body.utf8.count {
      let device = TestDevice()
      let first = TestConnection(device)
      let second = TestConnection(device)
      for connection in [first, second] { connection.receive("GET /challenge HTTP/1.1\r\n\r\n") }
      _ = second.takeEvents()
      first.receive(UploadRequestText(body, nonce: 1).head + body.prefix(count))
      second.receive(UploadRequestText("HELLO", nonce: 2).text)
      #expect(second.takeEvents().first?.hasPrefix("send 409 ") == true, "after \(count) bytes")
      first.receive(String(body.dropFirst(count)))
      #expect(device.stored == Array(body.utf8), "after \(count) bytes")
    }
  }
}
