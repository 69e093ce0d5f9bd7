import Testing

@testable import HotReloadClient

/// What answers in the place of a device: a proxy, a login page of the network, another server.
@Suite struct StrangerTests {
  struct Reply: CustomTestStringConvertible {
    var testDescription: String
    /// Status and fields.
    var head: String
    var body = ""
    /// What is said of it.
    var detail: String

    /// As it is sent.
    var text: String {
      "HTTP/1.1 \(head)\r\nContent-Length: \(body.utf8.count)\r\n\r\n\(body)"
    }
  }

  private static let page = "\r\n<!DOCTYPE html><html><title>Welcome</title></html>"

  static let replies = [
    Reply(
      testDescription: "a login page in place of everything", head: "200 OK", body: page,
      detail: "it answers with a web page (200)"),
    Reply(
      testDescription: "a login page elsewhere",
      head: "302 Found\r\nLocation: http://login.example/?next=device",
      detail: "it sends elsewhere (302 to http://login.example/?next=device)"),
    Reply(
      testDescription: "a redirect to nowhere", head: "307 Temporary Redirect",
      detail: "it sends elsewhere (307)"),
    Reply(
      testDescription: "a proxy that does not reach the device", head: "502 Bad Gateway",
      body: page,
      detail: "a proxy answers in its place (502)"),
    Reply(
      testDescription: "a proxy that has waited", head: "504 Gateway Timeout",
      detail: "a proxy answers in its place (504)"),
    Reply(
      testDescription: "a proxy that asks who is there", head: "407 Proxy Authentication Required",
      detail: "a proxy answers in its place (407)"),
    Reply(
      testDescription: "a network that asks who is there",
      head: "511 Network Authentication Required", body: page,
      detail: "a proxy answers in its place (511)"),
    Reply(
      testDescription: "a proxy that forbids it", head: "403 Forbidden", body: page,
      detail: "it answers with a web page (403)"),
    Reply(
      testDescription: "a web server", head: "404 Not Found", body: page,
      detail: "it answers with a web page (404)"),
  ]

  @Test(arguments: replies)
  func isNotTakenForADevice(reply: Reply) async throws {
    let device = try await LoopbackDevice(.init(request: { _ in .raw(reply.text) }))
    let error = await #expect(throws: ClientError.self) {
      try await DeviceClient(url: device.url).status()
    }
    #expect(error == .protocolViolation(device.url, detail: reply.detail))
  }

  @Test(arguments: replies)
  func isNotTakenForADeviceThatStored(reply: Reply) async throws {
    let device = try await LoopbackDevice(.init(request: { _ in .raw(reply.text) }))
    let key = try #require(UploadKey(bytes: Array(repeating: 7, count: 32)))
    let error = await #expect(throws: ClientError.self) {
      try await DeviceClient(url: device.url).upload(
        image: [1, 2, 3], key: key, authentication: .body)
    }
    #expect(error == .protocolViolation(device.url, detail: reply.detail))
  }

  @Test(arguments: [
    ("", "is no JSON"), ("OK", "is no JSON"), (#"{"server":"#, "is no JSON"),
    ("[]", "is no JSON object"),
    ("{}", "lacks 'server'"), (#"{"server":1}"#, "has something else for 'server'"),
  ])
  func saysWhatIsWrongWithJSON(body: String, what: String) async throws {
    let device = try await LoopbackDevice(["GET /status": .reply(200, body)])
    let error = await #expect(throws: ClientError.self) {
      try await DeviceClient(url: device.url).status()
    }
    #expect(
      error == .protocolViolation(device.url, detail: "its reply to GET /status \(what)"))
  }

  @Test("esp_http_server's own refusals are the device's, though it calls them text/html")
  func plainWords() async throws {
    let words = "Nothing matches the given URI"
    let device = try await LoopbackDevice(
      .init(request: { _ in
        .raw(
          "HTTP/1.1 404 Not Found\r\nContent-Type: text/html\r\n"
            + "Content-Length: \(words.utf8.count)\r\n\r\n\(words)")
      }))
    let error = await #expect(throws: ClientError.self) {
      try await DeviceClient(url: device.url).status()
    }
    #expect(error == .refused(Refusal(status: 404, error: "", detail: words)))
  }
}
