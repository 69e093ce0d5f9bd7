import HotReloadPort
import HotReloadServer
import Testing

@Suite("Request parser")
struct RequestParserTests {
  /// What `#expect` needs of a head, which cannot be copied.
  private struct Head {
    var method: RequestMethod
    var path: RequestPath
    var target: String
    var partition: String?
    var fields: RequestFields
    var length: UInt32
    var nonce: Nonce
    var sha256: String
    var keepsAlive: Bool
    var expectsContinue: Bool

    init(_ head: borrowing RequestHead) {
      method = head.method
      path = head.path
      target = String(decoding: head.target)
      partition = head.partition.map {
        String(decoding: $0.bytes.span.extracting(first: $0.count))
      }
      fields = head.fields
      length = head.length
      nonce = head.nonce
      sha256 = hex(head.sha256)
      keepsAlive = head.keepsAlive
      expectsContinue = head.expectsContinue
    }
  }

  /// The head at the beginning of `text`, or what it is refused with: `400`.
  private func parse(_ text: String) -> (Head?, String) {
    var parser = RequestParser()
    let bytes = Array(text.utf8)
    _ = parser.receive(bytes.span)
    switch parser.state {
    case .requestLine, .fields: return (nil, "incomplete")
    case .refused(let error): return (nil, "\(error.refusal.code.status)")
    case .complete:
      let outcome = parser.head.error.map { "later \($0.refusal.code.status)" } ?? "good"
      return (Head(parser.head), outcome)
    }
  }

  @Test("reads what the server needs and skips the rest")
  func wholeHead() throws {
    var upload = UploadRequestText(nonce: 7, target: "/upload?partition=other")
    upload.fields = ["User-Agent: curl/8", "Expect: 100-Continue", "Accept: */*"]
    let (parsed, outcome) = parse(upload.head)
    let head = try #require(parsed, "\(outcome)")
    #expect(head.method == .post)
    #expect(head.path == .upload)
    #expect(head.target == "/upload?partition=other")
    #expect(head.partition == "other")
    #expect(head.length == 5)
    #expect(head.nonce == Nonce(bytes: .init(repeating: 7)))
    #expect(head.sha256 == hex(digest(of: "hello")))
    #expect(head.fields.contains(.hmac))
    #expect(head.expectsContinue)
    #expect(head.keepsAlive)
  }

  @Test(
    "method and path",
    arguments: [
      ("GET /status", RequestMethod.get, RequestPath.status),
      ("GET /pending", .get, .pending), ("GET /challenge", .get, .challenge),
      ("POST /upload", .post, .upload), ("GET /", .get, .other), ("GET /Status", .get, .other),
      ("GET /status/", .get, .other), ("get /status", .other, .status),
      ("DELETE /upload", .other, .upload), ("POST /upload?", .post, .upload),
    ])
  func routes(line: String, method: RequestMethod, path: RequestPath) throws {
    let (parsed, outcome) = parse(line + " HTTP/1.1\r\n\r\n")
    let head = try #require(parsed, "\(outcome)")
    #expect(head.method == method)
    #expect(head.path == path)
  }

  @Test(
    "who reads another reply",
    arguments: [
      ("GET /status HTTP/1.1", "", true), ("GET /status HTTP/1.1", "Connection: close", false),
      ("GET /status HTTP/1.1", "connection: Upgrade , CLOSE", false),
      ("GET /status HTTP/1.1", "Connection: keep-alive", true),
      ("GET /status HTTP/1.0", "", false),
      ("GET /status HTTP/1.0", "Connection: Keep-Alive", true),
      ("HEAD /status HTTP/1.1", "", false),
      ("HEAD /status HTTP/1.0", "Connection: keep-alive", false),
    ])
  func connection(line: String, field: String, keepsAlive: Bool) throws {
    let (parsed, _) = parse("\(line)\r\n" + (field.isEmpty ? "" : field + "\r\n") + "\r\n")
    #expect(try #require(parsed).keepsAlive == keepsAlive)
  }

  @Test("lines may end with LF alone, values may be wrapped in white space, names have any case")
  func lenient() throws {
    let (parsed, outcome) = parse("POST /upload HTTP/1.1\ncontent-LENGTH:\t 5 \t\n\n")
    #expect(try #require(parsed, "\(outcome)").length == 5)
  }

  @Test("empty lines before the request line do not count")
  func emptyLines() throws {
    let (parsed, outcome) = parse("\r\n\n\r\nGET /status HTTP/1.1\r\n\r\n")
    #expect(try #require(parsed, "\(outcome)").path == .status)
  }

  @Test(
    "what is no request line is refused at once",
    arguments: [
      "GET\r\n", "GET /status\r\n", "GET  /status HTTP/1.1\r\n", " GET /status HTTP/1.1\r\n",
      "GET /status HTTP/1.1 \r\n", "GET /status HTTP/2.0\r\n", "GET /status HTTP/1.10\r\n",
      "GET /status HTTP/1.x\r\n", "GET /status http/1.1\r\n", "GET status HTTP/1.1\r\n",
      "GET http://device/status HTTP/1.1\r\n", "GET * HTTP/1.1\r\n", "GET /sta\ttus HTTP/1.1\r\n",
      "\u{7F}ELF", "\0", "GET /\u{1}", "GET /ü", "\rGET /status", "GET /status HTTP/1.1\r\r\n",
    ])
  func badRequestLine(text: String) {
    #expect(parse(text).1 == "400")
  }

  @Test(
    "a malformed field is refused at the end of the head",
    arguments: [
      "no colon", ": no name", "Content-Length : 5", " folded: 5", "\tfolded", "a b: c",
      "X: a\u{0}b", "X: a\rb", "X: a\u{7F}", "X\u{1}: a",
    ])
  func badField(field: String) {
    #expect(parse("GET /status HTTP/1.1\r\n\(field)\r\n\r\n").1 == "later 400")
  }

  @Test("a carriage return does not begin another field: no header injection")
  func injection() throws {
    let (parsed, outcome) = parse(
      "POST /upload HTTP/1.1\r\nX: a\rContent-Length: 5\r\n\r\n")
    #expect(outcome == "later 400")
    #expect(!(try #require(parsed).fields.contains(.length)))
  }

  @Test(
    "Content-Length is one number",
    arguments: [
      (["0"], "good"), (["4294967295"], "good"), (["007"], "good"), ([""], "later 400"),
      (["4294967296"], "later 400"), (["99999999999999999999"], "later 400"),
      (["-1"], "later 400"), (["+1"], "later 400"), (["1 "], "good"), (["1 1"], "later 400"),
      (["0x10"], "later 400"), (["5,5"], "later 400"), (["5", "5"], "later 400"),
      (["5", "6"], "later 400"), (["x", "5"], "later 400"),
    ])
  func contentLength(values: [String], outcome: String) {
    let fields = values.map { "Content-Length: \($0)\r\n" }.joined()
    #expect(parse("POST /upload HTTP/1.1\r\n\(fields)\r\n").1 == outcome)
  }

  @Test("chunked wants a length; beside a length it is refused")
  func transferEncoding() {
    let line = "POST /upload HTTP/1.1\r\n"
    #expect(parse(line + "Transfer-Encoding: chunked\r\n\r\n").1 == "later 411")
    let both = ["Transfer-Encoding: chunked\r\n", "Content-Length: 5\r\n"]
    #expect(parse(line + both.joined() + "\r\n").1 == "later 400")
    #expect(parse(line + both.reversed().joined() + "\r\n").1 == "later 400")
  }

  @Test(
    "query",
    arguments: [
      ("partition=a", "good"), ("partition=0123456789abcdef", "good"), ("", "good"),
      ("partition=%61%20b", "good"), ("partition=0123456789abcdefg", "later 400"),
      ("partition=", "later 400"), ("partition", "later 400"), ("partition=a%0", "later 400"),
      ("partition=a%zz", "later 400"), ("partition=a%00", "later 400"),
      ("partition=a&partition=a", "later 400"), ("unknown=1", "later 400"),
      ("partition=a&unknown=1", "later 400"), ("Partition=a", "later 400"), ("&", "later 400"),
      ("stage=ram", "good"), ("stage=flash", "good"), ("partition=a&stage=ram-only", "good"),
      ("stage=ram&partition=a", "good"), ("stage=", "later 400"), ("stage=RAM", "later 400"),
      ("stage=ram&stage=ram", "later 400"), ("stage=rams", "later 400"), ("stage", "later 400"),
      ("encoding=delta", "good"), ("stage=ram&encoding=delta&partition=a", "good"),
      ("encoding=", "later 400"), ("encoding=gzip", "later 400"), ("encoding=DELTA", "later 400"),
      ("encoding=delta&encoding=delta", "later 400"),
    ])
  func query(text: String, outcome: String) {
    #expect(parse("POST /upload?\(text) HTTP/1.1\r\n\r\n").1 == outcome)
  }

  @Test("a query means nothing elsewhere")
  func queryElsewhere() {
    #expect(parse("GET /status?partition=a HTTP/1.1\r\n\r\n").1 == "later 400")
  }

  @Test("percent-encoding in a label is decoded")
  func percentEncoding() throws {
    let (parsed, _) = parse("POST /upload?partition=%61%2Fb HTTP/1.1\r\n\r\n")
    #expect(try #require(parsed).partition == "a/b")
  }

  @Test(
    "digests are hex of their length, once",
    arguments: [
      ("X-Hotreload-SHA256", 64), ("X-Hotreload-HMAC", 64), ("X-Hotreload-Nonce", 32),
    ])
  func digests(name: String, count: Int) {
    func outcome(_ values: String...) -> String {
      parse("POST /upload HTTP/1.1\r\n" + values.map { "\(name): \($0)\r\n" }.joined() + "\r\n").1
    }
    let good = String(repeating: "aB", count: count / 2)
    #expect(outcome(good) == "good")
    #expect(outcome(good.lowercased()) == "good")
    #expect(outcome(good + "ab") == "later 403")
    #expect(outcome(String(good.dropLast())) == "later 403")
    #expect(outcome(String(good.dropLast()) + "g") == "later 403")
    #expect(outcome("") == "later 403")
    #expect(outcome(good, good) == "later 403")
  }

  @Test("a head of 1024 bytes is taken, one of 1025 refused")
  func headLimit() {
    let start = "GET /status HTTP/1.1\r\n"
    let field = "X: \(String(repeating: "x", count: 100))\r\n"
    let most = start + String(repeating: field, count: 9)
    func head(of count: Int) -> String {
      most + "Y: " + String(repeating: "y", count: count - most.utf8.count - 7) + "\r\n\r\n"
    }
    #expect(head(of: 1024).utf8.count == 1024)
    #expect(parse(head(of: 1024)).1 == "good")
    #expect(parse(head(of: 1025)).1 == "431")
    #expect(parse(start + String(repeating: "x", count: 2000)).1 == "431")
  }

  @Test("a target of 128 bytes is taken, one of 129 refused, a line of 161 at once")
  func targetLimit() {
    func line(_ count: Int) -> String {
      "GET /" + String(repeating: "x", count: count - 1) + " HTTP/1.1\r\n\r\n"
    }
    #expect(parse(line(128)).1 == "good")
    #expect(parse(line(129)).1 == "later 431")
    #expect(parse(line(147)).1 == "later 431")
    #expect(parse(line(148)).1 == "431")
  }

  @Test("a long field of somebody else's is skipped, a long one of ours refused")
  func longField() {
    let long = String(repeating: "5", count: 300)
    #expect(parse("GET /status HTTP/1.1\r\nCookie: \(long)\r\n\r\n").1 == "good")
    #expect(parse("GET /status HTTP/1.1\r\nContent-Length: \(long)\r\n\r\n").1 == "later 400")
    #expect(parse("GET /status HTTP/1.1\r\n\(long): x\r\n\r\n").1 == "later 400")
  }

  @Test("takes no byte after the head, wherever the stream is cut")
  func everyCut() throws {
    let text = UploadRequestText(nonce: 7).head
    let bytes = Array((text + "body").utf8)
    for cut in 0...text.utf8.count {
      var parser = RequestParser()
      var taken = 0
      for piece in [bytes[..<cut], bytes[cut...]] { taken += parser.receive(Array(piece).span) }
      let isComplete = parser.state == .complete
      #expect(isComplete, "cut at \(cut)")
      #expect(taken == text.utf8.count, "cut at \(cut)")
    }
  }

  @Test("a parser that is restarted has forgotten everything")
  func restart() {
    var parser = RequestParser()
    let first = Array(UploadRequestText(nonce: 7, target: "/upload?partition=a").head.utf8)
    let second = Array("POST /upload HTTP/1.0\r\n\r\n".utf8)
    for partial in [first, Array("GET /x\r".utf8), Array("G\0".utf8), Array(first.dropLast(40))] {
      _ = parser.receive(partial.span)
      parser.restart()
      #expect(parser.receive(second.span) == second.count)
      let head = Head(parser.head)
      #expect(head.fields == RequestFields())
      #expect(head.partition == nil)
      #expect(head.target == "/upload")
      #expect(!head.keepsAlive)
      #expect(head.length == 0)
      parser.restart()
    }
  }

  @Test("a head can be made of parsed pieces")
  func builder() {
    var builder = RequestHeadBuilder()
    let method = Array("POST".utf8)
    let target = Array("/upload".utf8)
    builder.setRequest(method: method.span, target: target.span)
    let name = Array("content-length".utf8)
    let value = Array("12".utf8)
    builder.addField(name: name.span, value: value.span)
    builder.finish()
    let head = Head(builder.head)
    #expect(head.method == .post)
    #expect(head.path == .upload)
    #expect(head.length == 12)
    #expect(builder.head.error == nil)
  }
}

extension String {
  init(decoding bytes: Span<UInt8>) {
    var array: [UInt8] = []
    for index in bytes.indices { array.append(bytes[index]) }
    self.init(decoding: array, as: UTF8.self)
  }
}
