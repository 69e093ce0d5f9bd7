import HotReloadPort
import HotReloadServer
import Testing

@Suite("Upload with challenge")
struct ChallengeUploadTests {
  /// A connection that has drawn nonce 1.
  private func connect(_ device: TestDevice) -> TestConnection {
    let connection = TestConnection(device)
    connection.receive("GET /challenge HTTP/1.1\r\n\r\n")
    #expect(
      connection.takeEvents()
        == ["send 200 {\"nonce\":\"\(String(repeating: "01", count: 16))\"}"])
    return connection
  }

  @Test("a right upload is stored")
  func stores() {
    let device = TestDevice()
    let connection = connect(device)
    connection.receive(UploadRequestText("hello", nonce: 1).text)
    #expect(
      connection.takeEvents()
        == ["begin 5", "write hello", "finish", "send 200 OK: 5 bytes stored"])
    #expect(device.stored == Array("hello".utf8))
  }

  @Test("an upload names its partition")
  func partition() {
    let connection = connect(TestDevice())
    connection.receive(UploadRequestText(nonce: 1, target: "/upload?partition=other").text)
    #expect(connection.takeEvents().first == "begin 5 other")
  }

  @Test("a nonce cannot be used again")
  func replay() {
    let connection = connect(TestDevice())
    let upload = UploadRequestText(nonce: 1)
    connection.receive(upload.text)
    #expect(connection.takeEvents().last == "send 200 OK: 5 bytes stored")
    connection.receive(upload.text)
    #expect(
      connection.takeEvents() == [
        "send 403 {\"error\":\"forbidden\",\"detail\":"
          + "\"the nonce is unknown, used or older than 30 s\"}", "close",
      ])
  }

  @Test("a failed attempt uses the nonce up")
  func failedAttempt() {
    let connection = connect(TestDevice())
    var wrong = UploadRequestText(nonce: 1)
    wrong.hmac = String(repeating: "0", count: 64)
    connection.receive(wrong.text)
    #expect(connection.takeEvents().first?.hasPrefix("send 403") == true)
    connection.receive(UploadRequestText(nonce: 1).text)
    #expect(connection.takeEvents().first?.contains("the nonce is unknown") == true)
  }

  @Test("a nonce expires after 30 seconds")
  func expiry() {
    let connection = connect(TestDevice())
    connection.wait(seconds: 31)
    connection.receive(UploadRequestText(nonce: 1).text)
    #expect(connection.takeEvents().first?.hasPrefix("send 403") == true)
  }

  /// A wrong upload, and what it is refused with.
  struct Fault: CustomTestStringConvertible {
    var name: String
    var reply: String
    var change: @Sendable (inout UploadRequestText) -> Void

    var testDescription: String { name }
  }

  static let faults = [
    Fault(name: "no length", reply: "411 length_required send Content-Length") { $0.length = nil },
    Fault(name: "no body", reply: "400 bad_request the body is empty") { $0.length = "0" },
    Fault(
      name: "too large", reply: "413 too_large the body is longer than the server's max_elf_size"
    ) { $0.length = "1001" },
    Fault(name: "no digest", reply: "403 forbidden X-Hotreload-SHA256 is missing") {
      $0.sha256 = nil
    },
    Fault(name: "no HMAC", reply: "403 forbidden X-Hotreload-HMAC is missing") { $0.hmac = nil },
    Fault(name: "no nonce", reply: "403 forbidden X-Hotreload-Nonce is missing") { $0.nonce = nil },
    Fault(name: "odd digest", reply: "403 forbidden X-Hotreload-SHA256 is not 64 hex digits") {
      $0.sha256 = "abc"
    },
    Fault(name: "odd HMAC", reply: "403 forbidden X-Hotreload-HMAC is not 64 hex digits") {
      $0.hmac = "abc"
    },
    Fault(name: "odd nonce", reply: "403 forbidden X-Hotreload-Nonce is not 32 hex digits") {
      $0.nonce = "abc"
    },
    Fault(name: "wrong HMAC", reply: "403 forbidden X-Hotreload-HMAC is wrong") {
      $0.hmac = $0.hmac.map { String($0.dropLast()) + ($0.hasSuffix("0") ? "1" : "0") }
    },
    Fault(name: "another digest signed", reply: "403 forbidden X-Hotreload-HMAC is wrong") {
      $0.sha256 = hex(digest(of: "other"))
    },
    Fault(name: "another length signed", reply: "403 forbidden X-Hotreload-HMAC is wrong") {
      $0.length = "4"
    },
    Fault(name: "another target signed", reply: "403 forbidden X-Hotreload-HMAC is wrong") {
      $0.target = "/upload?partition=other"
    },
  ]

  @Test("refuses before the first byte of the body", arguments: faults)
  func refuses(fault: Fault) {
    let device = TestDevice()
    let connection = connect(device)
    var upload = UploadRequestText(nonce: 1)
    fault.change(&upload)
    connection.receive(upload.head)
    let parts = fault.reply.split(separator: " ", maxSplits: 2)
    let body = "{\"error\":\"\(parts[1])\",\"detail\":\"\(parts[2])\"}"
    #expect(connection.takeEvents().first == "send \(parts[0]) \(body)")
    #expect(device.staged == nil)
    #expect(device.stored == nil)
  }

  @Test("a body that is not the announced one is dropped, and the connection goes on")
  func wrongBody() {
    let device = TestDevice()
    let connection = connect(device)
    var upload = UploadRequestText("hello", nonce: 1)
    upload.body = "hellO"
    connection.receive(upload.text + "GET /pending HTTP/1.1\r\n\r\n")
    #expect(
      connection.takeEvents() == [
        "begin 5", "write hellO", "discard",
        "send 403 {\"error\":\"forbidden\",\"detail\":\"X-Hotreload-SHA256 does not match the body\"}",
        "send 200 {\"pending\":false}",
      ])
    #expect(device.stored == nil)
  }

  @Test("without randomness there are no nonces")
  func noRandomness() {
    let device = TestDevice()
    device.hasRandomness = false
    let connection = TestConnection(device)
    connection.receive("GET /challenge HTTP/1.1\r\n\r\n")
    #expect(connection.takeEvents().first?.hasPrefix("send 500 {\"error\":\"internal\"") == true)
  }

  @Test("what the driver refuses to begin is refused, and nothing is discarded")
  func beginRefused() {
    let device = TestDevice()
    device.beginRefusal = Refusal(.notFound, "no partition %s")
    device.refusalText = ShortText("other")
    let connection = connect(device)
    connection.receive(UploadRequestText(nonce: 1).text)
    #expect(
      connection.takeEvents() == [
        "begin 5", "send 404 {\"error\":\"not_found\",\"detail\":\"no partition other\"}", "close",
      ])
    device.beginRefusal = nil
    connection.receive("GET /challenge HTTP/1.1\r\n\r\n")
    connection.receive(UploadRequestText(nonce: 2).text)
    #expect(connection.takeEvents().last == "send 200 OK: 5 bytes stored")
  }

  @Test("what the driver cannot write is discarded")
  func writeRefused() {
    let device = TestDevice()
    device.writeRefusal = Refusal(.internal, "flash failed")
    let connection = connect(device)
    connection.receive(UploadRequestText(nonce: 1).text)
    #expect(
      connection.takeEvents() == [
        "begin 5", "write hello", "discard",
        "send 500 {\"error\":\"internal\",\"detail\":\"flash failed\"}",
      ])
  }

  @Test("an image that the driver finds wanting is discarded")
  func finishRefused() {
    let device = TestDevice()
    device.finishRefusal = Refusal(.wrongFirmware, "for %x, this is %x", 0x1234_ABCD, 7)
    let connection = connect(device)
    connection.receive(UploadRequestText(nonce: 1).text)
    #expect(
      connection.takeEvents() == [
        "begin 5", "write hello", "finish", "discard",
        "send 409 {\"error\":\"wrong_firmware\",\"detail\":\"for 1234abcd, this is 00000007\"}",
      ])
  }
}

@Suite("Upload signed over the body")
struct BodyUploadTests {
  @Test("a right upload is stored, without a nonce")
  func stores() {
    let device = TestDevice(.body)
    let connection = TestConnection(device)
    connection.receive(UploadRequestText(signed: "hello").text)
    #expect(
      connection.takeEvents()
        == ["begin 5", "write hello", "finish", "send 200 OK: 5 bytes stored"])
  }

  @Test("a wrong HMAC is found when the body is complete")
  func wrongHMAC() {
    let device = TestDevice(.body)
    let connection = TestConnection(device)
    var upload = UploadRequestText(signed: "hello")
    upload.hmac = UploadRequestText(signed: "hellO").hmac
    connection.receive(upload.text)
    #expect(
      connection.takeEvents() == [
        "begin 5", "write hello", "discard",
        "send 403 {\"error\":\"forbidden\",\"detail\":\"X-Hotreload-HMAC is wrong\"}",
      ])
    #expect(device.stored == nil)
  }

  @Test("a challenge's HMAC is none over the body")
  func challengeHMAC() {
    let device = TestDevice(.body)
    let connection = TestConnection(device)
    connection.receive("GET /challenge HTTP/1.1\r\n\r\n")
    connection.receive(UploadRequestText(nonce: 1).text)
    #expect(connection.takeEvents().last?.contains("X-Hotreload-HMAC is wrong") == true)
  }

  @Test("a body's HMAC is none for a challenge")
  func bodyHMAC() {
    let connection = TestConnection(TestDevice(.challenge))
    connection.receive("GET /challenge HTTP/1.1\r\n\r\n")
    var upload = UploadRequestText(signed: "hello")
    upload.nonce = String(repeating: "01", count: 16)
    connection.receive(upload.head)
    #expect(
      connection.takeEvents().dropFirst().first?.contains("X-Hotreload-HMAC is wrong") == true)
  }

  @Test("missing fields are refused before the body")
  func missing() {
    let connection = TestConnection(TestDevice(.body))
    var upload = UploadRequestText(signed: "hello")
    upload.hmac = nil
    connection.receive(upload.head)
    #expect(connection.takeEvents().first?.contains("X-Hotreload-HMAC is missing") == true)
  }
}
