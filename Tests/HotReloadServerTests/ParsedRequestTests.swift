import HotReloadPort
import HotReloadServer
import Testing

/// Requests whose head another server has read: the same answers as over a byte stream, and what the connection is good
/// for afterwards.
@Suite("Parsed requests")
struct ParsedRequestTests {
  struct Row: CustomTestStringConvertible {
    var head: String
    var events: [String]

    var testDescription: String { head.split(separator: "\r\n").joined(separator: " / ") }
  }

  private static func refusal(_ status: Int, _ error: String, _ detail: String) -> String {
    "send \(status) {\"error\":\"\(error)\",\"detail\":\"\(detail)\"}"
  }

  static let rows = [
    Row(head: "GET /pending HTTP/1.1", events: ["send 200 {\"pending\":false}", "done"]),
    Row(
      head: "GET /pending HTTP/1.1\r\nconnection: close",
      events: ["send 200 {\"pending\":false}", "close"]),
    Row(
      head: "GET /challenge HTTP/1.1",
      events: ["send 200 {\"nonce\":\"01010101010101010101010101010101\"}", "done"]),
    Row(
      head: "HEAD /status HTTP/1.1",
      events: [refusal(405, "method_not_allowed", "only GET is allowed here"), "close"]),
    Row(
      head: "PUT /upload HTTP/1.1\r\nContent-Length: 5",
      events: [refusal(405, "method_not_allowed", "only POST is allowed here"), "drain"]),
    Row(
      head: "GET /elsewhere HTTP/1.1",
      events: [refusal(404, "not_found", "there is nothing at this path"), "done"]),
    Row(
      head: "GET /status?verbose=1 HTTP/1.1",
      events: [refusal(400, "bad_request", "unknown query parameter or encoding"), "done"]),
    Row(
      head: "POST /upload HTTP/1.1\r\nTransfer-Encoding: chunked",
      events: [
        refusal(
          411, "length_required", "Transfer-Encoding is not supported: send Content-Length"),
        "close",
      ]),
    Row(
      head: "POST /upload HTTP/1.1\r\nContent-Length: 5000",
      events: [
        refusal(413, "too_large", "the body is longer than the server's max_elf_size"), "drain",
      ]),
    Row(
      head: "POST /upload HTTP/1.1\r\nContent-Length: 5\r\nExpect: 100-continue",
      events: [refusal(403, "forbidden", "X-Hotreload-SHA256 is missing"), "close"]),
    Row(
      head: "POST /upload HTTP/1.1\r\nContent-Length: 5\r\nX-Hotreload-SHA256: "
        + String(repeating: "0", count: 200),
      events: [refusal(403, "forbidden", "X-Hotreload-SHA256 is not 64 hex digits"), "drain"]),
  ]

  @Test("a head gets its answer", arguments: rows)
  func answers(row: Row) {
    #expect(TestRequest(TestDevice()).begin(row.head).takeEvents() == row.events)
  }

  private let device = TestDevice()

  /// The head of an upload with a fresh nonce.
  private func head(_ body: String = "hello", _ fields: String...) -> String {
    TestRequest(device).begin("GET /challenge HTTP/1.1")
    var text = UploadRequestText(body, nonce: device.nonces)
    text.fields = fields
    return text.head
  }

  private let stored = "send 200 OK: 5 bytes stored"
  private let busy = "send 409 {\"error\":\"busy\",\"detail\":\"another upload is under way\"}"
  private let late =
    "send 408 {\"error\":\"timeout\",\"detail\":\"the body did not arrive in time\"}"

  @Test("an upload comes in pieces; what stands behind it is left alone")
  func upload() {
    let request = TestRequest(device).begin(head())
    #expect(request.takeEvents() == ["begin 5", "upload"])
    request.receive("he")
    #expect(request.takeEvents() == ["write he", "upload"])
    request.receive("lloGET /status HTTP/1.1\r\n\r\n")
    #expect(request.takeEvents() == ["write llo", "finish", stored, "done"])
    #expect(device.stored == Array("hello".utf8))
    #expect(request.sent.contains("\r\nConnection: keep-alive\r\n"), "\(request.sent)")
  }

  @Test("who expects 100 Continue gets it when there is room, then the reply")
  func proceeds() {
    let request = TestRequest(device).begin(
      head("hello", "Expect: 100-continue", "Connection: close"))
    #expect(request.takeEvents() == ["begin 5", "send 100", "upload"])
    request.receive("hello")
    #expect(request.takeEvents() == ["write hello", "finish", stored, "close"])
    #expect(
      request.sent.hasPrefix("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\n"), "\(request.sent)")
  }

  @Test("who holds the body back is not waited for when there is no room")
  func holdsBack() {
    device.beginRefusal = Refusal(.tooLarge, "no room")
    let request = TestRequest(device).begin(head("hello", "Expect: 100-continue"))
    #expect(
      request.takeEvents() == [
        "begin 5", "send 413 {\"error\":\"too_large\",\"detail\":\"no room\"}", "close",
      ])
  }

  @Test(
    "the rest of a refused body is swallowed, to its end or for ten seconds, however it trickles")
  func drains() {
    device.writeRefusal = Refusal(.internal, "worn out")
    let whole = TestRequest(device).begin(head())
    whole.receive("he")
    #expect(whole.takeEvents().last == "drain")
    whole.receive("l")
    #expect(whole.takeEvents() == ["drain"])
    whole.receive("lo")
    #expect(whole.takeEvents() == ["close"])

    let slow = TestRequest(device).begin(head())
    slow.receive("h")
    _ = slow.takeEvents()
    for _ in 0..<3 {
      device.now += 3_300_000
      slow.receive("e")
    }
    #expect(slow.takeEvents() == ["drain"])
    slow.wait(seconds: 0.1)
    #expect(slow.takeEvents() == ["close"])
  }

  @Test("a client that pauses for ten seconds is given up")
  func pauses() {
    let request = TestRequest(device).begin(head())
    request.wait(seconds: 9.9)
    #expect(request.takeEvents() == ["begin 5", "upload"])
    request.wait(seconds: 0.1)
    #expect(request.takeEvents() == ["discard", late, "close"])
    #expect(device.staged == nil)
  }

  @Test("a client that trickles is given up after a minute, though it never pauses for long")
  func trickles() {
    let request = TestRequest(device).begin(head(String(repeating: "x", count: 100)))
    _ = request.takeEvents()
    for _ in 0..<12 {
      device.now += 5_000_000
      request.receive("x")
    }
    #expect(request.takeEvents() == ["write xxxxxxxxxxxx", "upload"])
    device.now += 100_000
    request.receive("x")
    #expect(request.takeEvents() == ["discard", late, "close"])
  }

  @Test("bytes that waited for the driver are not late")
  func slowDriver() {
    let request = TestRequest(device).begin(head())
    device.now += 20_000_000
    request.receive("hello")
    #expect(request.takeEvents().suffix(2) == [stored, "done"])
  }

  @Test("an upload that its client leaves is discarded, and the next one works")
  func aborts() {
    let first = TestRequest(device).begin(head())
    first.receive("hel")
    _ = first.takeEvents()
    first.abort()
    #expect(first.takeEvents().first == "discard")
    let second = TestRequest(device).begin(head())
    second.receive("hello")
    #expect(second.takeEvents().last == "done")
  }

  @Test("while one uploads, others are answered, a second upload is refused, and the first goes on")
  func overlap() {
    let first = TestRequest(device).begin(head())
    first.receive("hel")
    let second = TestRequest(device).begin(head())
    #expect(second.takeEvents() == [busy, "drain"])
    #expect(TestRequest(device).begin("GET /pending HTTP/1.1").takeEvents().last == "done")
    second.abort()
    first.receive("lo")
    #expect(first.takeEvents() == ["begin 5", "write hello", "finish", stored, "done"])
  }

  @Test("a byte stream and parsed requests share the place to upload to")
  func besideAByteStream() {
    let connection = TestConnection(device)
    connection.receive(head() + "hel")
    #expect(TestRequest(device).begin(head()).takeEvents().first == busy)
    connection.receive("lo")
    #expect(connection.takeEvents().last == stored)

    let request = TestRequest(device).begin(head())
    connection.receive(head())
    #expect(connection.takeEvents() == [busy])
    connection.disconnect()
    request.receive("hello")
    #expect(request.takeEvents().suffix(2) == [stored, "done"])
  }

  @Test("after the server has started anew, an upload from before is over and disturbs no other")
  func restart() {
    let old = TestRequest(device).begin(head())
    let connection = TestConnection(device)
    device.server.start(device.server.configuration)
    let new = TestRequest(device).begin(head())
    old.receive("HELLO")
    old.abort()
    connection.disconnect()
    #expect(old.takeEvents() == ["begin 5", "close"])
    new.receive("hello")
    #expect(new.takeEvents() == ["begin 5", "write hello", "finish", stored, "done"])
  }
}
