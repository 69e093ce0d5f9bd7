import HotReloadServer
import Testing

@Suite("Deadlines")
struct DeadlineTests {
  private func upload(to device: TestDevice, _ body: String = "hello") -> TestConnection {
    let connection = TestConnection(device)
    connection.receive("GET /challenge HTTP/1.1\r\n\r\n")
    connection.receive(UploadRequestText(body, nonce: device.nonces).head)
    _ = connection.takeEvents()
    return connection
  }

  @Test("before a request there is none")
  func idle() {
    let connection = TestConnection(TestDevice())
    connection.wait(seconds: 3600)
    #expect(connection.takeEvents() == [])
    connection.receive("GET /pending HTTP/1.1\r\n\r\n")
    #expect(connection.takeEvents() == ["send 200 {\"pending\":false}"])
  }

  @Test("a head has to be complete 10 seconds after its first byte, however it trickles")
  func head() {
    let connection = TestConnection(TestDevice())
    connection.wait(seconds: 100)
    for character in "GET /stat" {
      connection.receive(String(character))
      connection.wait(seconds: 1)
    }
    #expect(connection.takeEvents() == [])
    connection.wait(seconds: 1)
    #expect(
      connection.takeEvents() == [
        "send 408 {\"error\":\"timeout\",\"detail\":\"the head did not arrive in time\"}", "close",
      ])
    connection.receive("us HTTP/1.1\r\n\r\nGET /pending HTTP/1.1\r\n\r\n")
    #expect(connection.takeEvents() == ["send 200 {\"pending\":false}"])
  }

  @Test("a body may pause for 10 seconds, not longer")
  func pause() {
    let device = TestDevice()
    let connection = upload(to: device)
    connection.wait(seconds: 9.9)
    connection.receive("hel")
    connection.wait(seconds: 9.9)
    #expect(connection.takeEvents() == ["write hel"])
    connection.wait(seconds: 0.1)
    #expect(
      connection.takeEvents() == [
        "discard",
        "send 408 {\"error\":\"timeout\",\"detail\":\"the body did not arrive in time\"}", "close",
      ])
    #expect(device.staged == nil)
  }

  @Test("a body that trickles for ever is cut off a minute after its start")
  func trickle() {
    let device = TestDevice()
    let connection = upload(to: device, String(repeating: "x", count: 100))
    for _ in 0..<12 {
      connection.receive("x")
      connection.wait(seconds: 5)
    }
    #expect(connection.takeEvents() == ["write xxxxxxxxxxxx"])
    connection.wait(seconds: 0.1)
    #expect(connection.takeEvents().first == "discard")
  }

  @Test("after a truncated body a good upload works, on a channel that tells nothing")
  func recovers() {
    let device = TestDevice()
    let connection = upload(to: device)
    connection.receive("hel")
    connection.wait(seconds: 10)
    _ = connection.takeEvents()
    connection.receive("GET /challenge HTTP/1.1\r\n\r\n" + UploadRequestText(nonce: 2).text)
    #expect(
      connection.takeEvents().dropFirst()
        == ["begin 5", "write hello", "finish", "send 200 OK: 5 bytes stored"])
  }

  @Test("the time that the driver needs is not the client's")
  func slowDriver() {
    let device = TestDevice()
    let connection = upload(to: device)
    device.now += 9_000_000
    connection.receive("hel")
    device.now += 9_000_000
    connection.receive("lo")
    #expect(connection.takeEvents().last == "send 200 OK: 5 bytes stored")
  }
}
