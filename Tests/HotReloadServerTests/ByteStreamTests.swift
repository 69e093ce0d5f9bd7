import HotReloadServer
import Testing

@Suite("Requests in a byte stream")
struct ByteStreamTests {
  /// Three requests behind each other, one of them an upload.
  private static let requests =
    "GET /challenge HTTP/1.1\r\n\r\n" + UploadRequestText("hello", nonce: 1).text
    + "GET /status HTTP/1.0\r\n\r\n"
  private static let events = [
    "send 200 {\"nonce\":\"01010101010101010101010101010101\"}", "begin 5", "write hello", "finish",
    "send 200 OK: 5 bytes stored",
  ]

  @Test("pipelined requests are answered in order")
  func pipelined() {
    let connection = TestConnection(TestDevice())
    connection.receive(Self.requests)
    let events = connection.takeEvents()
    #expect(Array(events.prefix(5)) == Self.events)
    #expect(events.count == 7)
    #expect(events[5].hasPrefix("send 200 {\"server\":"))
    #expect(events[6] == "close")
  }

  @Test("wherever the stream is cut in two, the same happens")
  func everyCut() {
    let bytes = Array(Self.requests.utf8)
    let expected = {
      let connection = TestConnection(TestDevice())
      connection.receive(bytes)
      return connection.takeEvents()
    }()
    for cut in bytes.indices {
      let connection = TestConnection(TestDevice())
      connection.receive(Array(bytes[..<cut]))
      connection.receive(Array(bytes[cut...]))
      #expect(connection.takeEvents() == expected, "cut at \(cut)")
    }
  }

  @Test("byte by byte, the same happens")
  func byteByByte() {
    let bytes = Array(Self.requests.utf8)
    let whole = TestConnection(TestDevice())
    whole.receive(bytes)
    let pieces = TestConnection(TestDevice())
    for byte in bytes {
      pieces.receive([byte])
      pieces.wait(seconds: 0.001)
    }
    #expect(pieces.takeEvents() == whole.takeEvents())
  }

  @Test(
    "what has no place is refused",
    arguments: [
      ("GET / HTTP/1.1\r\n\r\n", "404 not_found"),
      ("GET /upload HTTP/1.1\r\n\r\n", "405 method_not_allowed"),
      ("POST /status HTTP/1.1\r\n\r\n", "405 method_not_allowed"),
      ("DELETE /upload HTTP/1.1\r\n\r\n", "405 method_not_allowed"),
      ("GET /status HTTP/1.1\r\nContent-Length: 1\r\n\r\nx", "400 bad_request"),
      ("GET /status HTTP/1.1\r\nno colon\r\n\r\n", "400 bad_request"),
      ("hello\r\n", "400 bad_request"),
    ])
  func refused(text: String, outcome: String) {
    let connection = TestConnection(TestDevice())
    connection.receive(text)
    let parts = outcome.split(separator: " ")
    #expect(
      connection.takeEvents().first?.hasPrefix("send \(parts[0]) {\"error\":\"\(parts[1])\"")
        == true)
  }

  @Test("405 names the method that is allowed")
  func allow() {
    let connection = TestConnection(TestDevice())
    connection.receive("GET /upload HTTP/1.1\r\n\r\nPOST /status HTTP/1.1\r\n\r\n")
    #expect(connection.sent.contains("\r\nAllow: POST\r\n"))
    #expect(connection.sent.contains("\r\nAllow: GET\r\n"))
  }

  @Test("a refusal without a body left over keeps the connection")
  func keepsAlive() {
    let connection = TestConnection(TestDevice())
    connection.receive("GET / HTTP/1.1\r\n\r\nGET /pending HTTP/1.1\r\n\r\n")
    let events = connection.takeEvents()
    #expect(events.count == 2)
    #expect(events.last == "send 200 {\"pending\":false}")
  }

  @Test("the body of a refused upload is swallowed before the connection ends")
  func drains() {
    let connection = TestConnection(TestDevice())
    let upload = UploadRequestText(nonce: 9)
    connection.receive(upload.head)
    #expect(connection.takeEvents().map { $0.prefix(8) } == ["send 403"])
    connection.receive("hel")
    #expect(connection.takeEvents() == [])
    connection.receive("lo")
    #expect(connection.takeEvents() == ["close"])
    connection.receive("GET /pending HTTP/1.1\r\n\r\n")
    #expect(connection.takeEvents() == ["send 200 {\"pending\":false}"])
    #expect(connection.sent.contains("Connection: close"))
  }

  @Test("a body that nobody sends is not waited for longer than 10 seconds")
  func drainsNoLonger() {
    let connection = TestConnection(TestDevice())
    connection.receive(UploadRequestText(nonce: 9).head)
    _ = connection.takeEvents()
    connection.wait(seconds: 9.9)
    #expect(connection.takeEvents() == [])
    connection.wait(seconds: 0.1)
    #expect(connection.takeEvents() == ["close"])
  }

  @Test("while a body is swallowed, a new client's request is found")
  func newClientWhileDraining() {
    let connection = TestConnection(TestDevice())
    connection.receive(UploadRequestText(nonce: 9).head + "he")
    _ = connection.takeEvents()
    connection.receive("GET /pending HTTP/1.1\r\n\r\n")
    #expect(connection.takeEvents() == ["close", "send 200 {\"pending\":false}"])
    var long = UploadRequestText(String(repeating: "x", count: 500), nonce: 9)
    long.hmac = nil
    connection.receive(long.head + "xx")
    _ = connection.takeEvents()
    connection.receive("GET /pending HTTP/1.1\r\n\r\n")
    #expect(connection.takeEvents() == ["send 200 {\"pending\":false}"])
  }

  @Test("garbage is refused once, then skipped up to the next request, wherever the stream is cut")
  func garbage() {
    let text = "\u{7F}ELF\u{1}\u{2} POST  GETGET\r\n\r\nPOSGET /pending HTTP/1.1\r\n\r\n"
    let bytes = Array(text.utf8)
    for cut in bytes.indices {
      let connection = TestConnection(TestDevice())
      connection.receive(Array(bytes[..<cut]))
      connection.receive(Array(bytes[cut...]))
      let events = connection.takeEvents()
      #expect(events.count == 3, "cut at \(cut)")
      #expect(events.first?.hasPrefix("send 400") == true, "cut at \(cut)")
      #expect(
        Array(events.dropFirst()) == ["close", "send 200 {\"pending\":false}"], "cut at \(cut)")
    }
  }

  @Test("a head that is too large is refused, then skipped")
  func tooLarge() {
    let connection = TestConnection(TestDevice())
    let field = "X: \(String(repeating: "x", count: 2000))\r\n"
    connection.receive("GET /status HTTP/1.1\r\n\(field)\r\nGET /pending HTTP/1.1\r\n\r\n")
    let events = connection.takeEvents()
    #expect(events.first?.hasPrefix("send 431") == true)
    #expect(Array(events.dropFirst()) == ["close", "send 200 {\"pending\":false}"])
  }

  @Test("a chunked body is not taken for requests")
  func chunked() {
    let connection = TestConnection(TestDevice())
    connection.receive(
      "POST /upload HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n")
    let events = connection.takeEvents()
    #expect(events.count == 2)
    #expect(events.first?.hasPrefix("send 411") == true)
    #expect(events.last == "close")
  }

  @Test("100 Continue is sent when there is room, and only to who waits for it")
  func expectContinue() {
    let connection = TestConnection(TestDevice())
    connection.receive("GET /challenge HTTP/1.1\r\n\r\n")
    _ = connection.takeEvents()
    var upload = UploadRequestText(nonce: 1)
    upload.fields = ["Expect: 100-continue"]
    connection.receive(upload.head)
    #expect(connection.takeEvents() == ["begin 5", "send 100"])
    connection.receive(upload.body)
    #expect(connection.takeEvents() == ["write hello", "finish", "send 200 OK: 5 bytes stored"])
  }

  @Test("a refused client that waits for 100 Continue is not asked for its body")
  func expectRefused() {
    let connection = TestConnection(TestDevice())
    var upload = UploadRequestText(nonce: 9)
    upload.fields = ["Expect: 100-continue"]
    connection.receive(upload.head)
    let events = connection.takeEvents()
    #expect(events.map { $0.prefix(8) } == ["send 403", "close"])
    connection.receive("GET /pending HTTP/1.1\r\n\r\n")
    #expect(connection.takeEvents() == ["send 200 {\"pending\":false}"])
  }

  @Test("a client that goes away leaves nothing behind")
  func disconnect() {
    let device = TestDevice()
    let connection = TestConnection(device)
    connection.receive("GET /challenge HTTP/1.1\r\n\r\n")
    connection.receive(UploadRequestText(nonce: 1).head + "hel")
    _ = connection.takeEvents()
    connection.disconnect()
    #expect(connection.takeEvents() == ["discard"])
    connection.receive("GET /challenge HTTP/1.1\r\n\r\n" + UploadRequestText(nonce: 2).text)
    #expect(connection.takeEvents().last == "send 200 OK: 5 bytes stored")
    connection.disconnect()
    #expect(connection.takeEvents() == [])
  }
}
