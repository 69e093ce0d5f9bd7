import HotReloadPort
import HotReloadServer
import Testing

@Suite("Replies")
struct ReplyTests {
  private func text(_ kind: ReplyKind, closes: Bool = false) -> String {
    var reply = Reply(kind)
    reply.closesConnection = closes
    reply.nonce = Nonce(bytes: .init(repeating: 0xA5))
    reply.length = 4_294_967_295
    return replyText(reply, device: TestDevice.status, modules: [])
  }

  private func text(
    _ refusal: Refusal, of text: ShortText = ShortText(), closes: Bool = false
  ) -> String {
    var reply = Reply(.refusal)
    reply.text = text
    reply.closesConnection = closes
    reply.refusal = refusal
    return replyText(reply, device: TestDevice.status, modules: [])
  }

  @Test("nonce")
  func nonce() {
    #expect(
      text(.nonce) == """
        HTTP/1.1 200 OK\r
        Content-Type: application/json\r
        Content-Length: 45\r
        Connection: keep-alive\r
        \r
        {"nonce":"a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5"}

        """)
  }

  @Test("pending")
  func pending() {
    #expect(
      text(.pending, closes: true) == """
        HTTP/1.1 200 OK\r
        Content-Type: application/json\r
        Content-Length: 18\r
        Connection: close\r
        \r
        {"pending":false}

        """)
  }

  @Test("stored")
  func stored() {
    #expect(
      text(.stored) == """
        HTTP/1.1 200 OK\r
        Content-Type: text/plain\r
        Content-Length: 28\r
        Connection: keep-alive\r
        \r
        OK: 4294967295 bytes stored

        """)
  }

  @Test("100 Continue has neither fields nor body")
  func proceed() {
    #expect(text(.proceed) == "HTTP/1.1 100 Continue\r\n\r\n")
  }

  @Test("refusal")
  func refusal() {
    #expect(
      text(Refusal(.methodNotAllowed, "only %s"), of: ShortText("POST"), closes: true)
        == """
        HTTP/1.1 405 method_not_allowed\r
        Allow: POST\r
        Content-Type: application/json\r
        Content-Length: 52\r
        Connection: close\r
        \r
        {"error":"method_not_allowed","detail":"only POST"}

        """)
  }

  @Test("a detail names its text and two numbers")
  func detail() {
    let refusal = Refusal(
      .notLoadable, "%s: type %u at 0x%x, 100%", 4_294_967_295, 0xBEEF)
    #expect(
      text(refusal, of: ShortText("symbol")).contains(
        #""detail":"symbol: type 4294967295 at 0x0000beef, 100%""#))
  }

  @Test("what comes from outside is escaped and cut: no header and no JSON injection")
  func escaping() {
    let digits = String(repeating: "0123456789", count: 5)
    let hostile = Array("a\"b\\c\r\nX: y\u{1}\u{E9}\(digits) and more".utf8)
    let reply = text(Refusal(.notFound, "%s"), of: ShortText(hostile.span))
    #expect(
      reply.hasSuffix(
        #""detail":"a\"b\\c\u000d\u000aX: y\u0001\u00c3\u00a9\#(digits)"}"# + "\n"))
  }

  static let codes: [(RefusalCode, UInt16, String)] = [
    (.badRequest, 400, "bad_request"), (.forbidden, 403, "forbidden"),
    (.notFound, 404, "not_found"), (.methodNotAllowed, 405, "method_not_allowed"),
    (.timeout, 408, "timeout"), (.busy, 409, "busy"), (.wrongFirmware, 409, "wrong_firmware"),
    (.exportsChanged, 409, "exports_changed"), (.older, 409, "older"),
    (.unsafePoint, 409, "unsafe_point"), (.noBase, 409, "no_base"),
    (.lengthRequired, 411, "length_required"), (.tooLarge, 413, "too_large"),
    (.badEncoding, 422, "bad_encoding"), (.notLoadable, 422, "not_loadable"),
    (.headersTooLarge, 431, "headers_too_large"),
    (.internal, 500, "internal"),
  ]

  @Test("codes are those of docs/PROTOCOL.md", arguments: codes)
  func code(code: RefusalCode, status: UInt16, name: String) {
    #expect(code.status == status)
    #expect("\(code.name)" == name)
    #expect(text(Refusal(code, "x")).hasPrefix("HTTP/1.1 \(status) \(name)\r\n"))
  }

  @Test(
    "numbers of any size",
    arguments: [
      0, 9, 10, 99, 65_535, 65_536, 99_999, 4_294_967_295, 4_294_967_296, 1_763_712_000_000,
      9_999_999_999_999_999_999, .max,
    ] as [UInt64])
  func decimal(value: UInt64) {
    var window = TextWindow()
    window.append(decimal: value)
    let text = String(decoding: window.bytes)
    #expect(text == "\(value)")
  }

  @Test("a window keeps its part of a text and counts all of it")
  func window() {
    func keep(from start: Int, _ text: String) -> (String, Int) {
      var window = TextWindow()
      window.append("before")
      window.restart(keepingFrom: start)
      for byte in text.utf8 { window.append(byte) }
      return (String(decoding: window.bytes), window.position)
    }
    #expect(keep(from: 0, "abcdef") == ("abcdef", 6))
    #expect(keep(from: 3, "abcdef") == ("def", 6))
    #expect(keep(from: 6, "abcdef") == ("", 6))
    #expect(keep(from: .max, "abcdef") == ("", 6))
    let long = String(repeating: "a", count: 300)
    #expect(keep(from: 10, long) == (String(repeating: "a", count: 256), 300))
    #expect(keep(from: 100, long) == (String(repeating: "a", count: 200), 300))
  }
}
