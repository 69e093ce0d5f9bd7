import HotReloadPort
import HotReloadServer
import HotReloadSoftwareCrypto

/// A device as small as the server needs one: a clock, nonces that count up, a place to upload to.
final class TestDevice {
  static let key = InlineArray<32, UInt8> { UInt8($0) }

  var server = ServerState<SoftwareSHA256>()
  var now: UInt64 = 1_000_000
  var nonces: UInt8 = 0
  var hasRandomness = true
  /// What the driver answers instead of success.
  var beginRefusal: Refusal?
  var writeRefusal: Refusal?
  var finishRefusal: Refusal?
  /// What `%s` stands for in any of them.
  var refusalText = ShortText()
  /// The body between `begin` and its end.
  var staged: [UInt8]?
  var stored: [UInt8]?

  init(_ authentication: Authentication = .challenge, maximumLength: UInt32 = 1000) {
    server.start(
      ServerConfiguration(
        authentication: authentication, key: Self.key, maximumLength: maximumLength))
  }

  /// Does what an exchange asks for, as a real driver would, and answers. Returns the event: `begin 5`, `write hello`,
  /// `finish`, `discard`.
  func perform(
    _ action: ServerAction, _ bytes: [UInt8], _ exchange: inout RequestExchange
  ) -> String? {
    switch action {
    case .wait, .send, .close:
      return nil
    case .issueNonce:
      nonces += 1
      let nonce = Nonce(bytes: .init(repeating: nonces))
      exchange.issue(hasRandomness ? nonce : nil, now: now, server: &server)
      return nil
    case .begin:
      let label = server.upload.partition.map { " \(Self.string($0.bytes.span, $0.count))" } ?? ""
      defer { answer(beginRefusal, &exchange) }
      if beginRefusal == nil { staged = [] }
      return "begin \(server.upload.length)\(label)"
    case .write:
      staged? += bytes
      answer(writeRefusal, &exchange)
      return "write \(String(decoding: bytes, as: UTF8.self))"
    case .finish:
      if finishRefusal == nil {
        stored = staged
        staged = nil
      }
      answer(finishRefusal, &exchange)
      return "finish"
    case .discard:
      staged = nil
      return "discard"
    }
  }

  private func answer(_ refusal: Refusal?, _ exchange: inout RequestExchange) {
    if let refusal {
      exchange.failed(refusal, text: refusalText.bytes, server: &server)
    } else {
      exchange.succeeded(now: now, server: &server)
    }
  }

  /// The text of the reply that an exchange wants sent, and the event: `send 200 …`.
  func reply(of exchange: inout RequestExchange) -> (text: String, event: String) {
    var status = Self.status
    var writer = ReplyWriter()
    var bytes: [UInt8] = []
    while exchange.write(&writer, device: &status, modules: Span()) {
      for index in writer.bytes.indices { bytes.append(writer.bytes[index]) }
    }
    let text = String(decoding: bytes, as: UTF8.self)
    let body = text.split(separator: "\r\n\r\n", maxSplits: 1).dropFirst().first ?? ""
    return (text, "send \(exchange.reply.status) \(body)".trimmingSuffix())
  }

  private static func string(_ bytes: Span<UInt8>, _ count: Int) -> String {
    var text = ""
    for index in 0..<count { text.unicodeScalars.append(Unicode.Scalar(bytes[index])) }
    return text
  }

  static var status: DeviceStatus {
    var status = DeviceStatus()
    status.chip = "test-chip"
    status.uptime = 4211
    status.bootID = 0x0123_4567_89AB_CDEF
    status.firmware = BuildID(bytes: .init(repeating: 0xF1))
    status.firmwareVersion = ShortText("1")
    status.reloads = 1
    return status
  }
}

/// One connection to a `TestDevice`, driven as a real driver would. Everything that happens is an event.
final class TestConnection {
  let device: TestDevice
  var session = ServerSession()
  /// Events of the device, `send 200 …`, `close`; neighbouring writes are one.
  private(set) var events: [String] = []
  /// The text of all replies.
  private(set) var sent = ""

  init(_ device: TestDevice) { self.device = device }

  /// Feeds text in one piece.
  func receive(_ text: String) { receive(Array(text.utf8)) }

  /// Feeds bytes in one piece.
  func receive(_ bytes: [UInt8]) {
    var offset = 0
    while true {
      let rest = bytes.span.extracting(offset...)
      let step = session.advance(rest, now: device.now, server: &device.server)
      let chunk = Array(bytes[offset..<(offset + step.consumed)])
      offset += step.consumed
      switch step.action {
      case .wait:
        precondition(offset == bytes.count, "waits with bytes left")
        return
      case .send:
        let reply = device.reply(of: &session.exchange)
        sent += reply.text
        events.append(reply.event)
      case .close:
        events.append("close")
      case .issueNonce, .begin, .write, .finish, .discard:
        events.append(event: device.perform(step.action, chunk, &session.exchange))
      }
    }
  }

  /// Lets time pass without bytes.
  func wait(seconds: Double) {
    device.now += UInt64(seconds * 1_000_000)
    receive([UInt8]())
  }

  /// The peer went away.
  func disconnect() {
    if session.restart(server: &device.server) {
      events.append("discard")
      device.staged = nil
    }
  }

  /// The events since the last call.
  func takeEvents() -> [String] {
    defer { events = [] }
    return events
  }
}

extension [String] {
  /// Neighbouring writes become one.
  mutating func append(event: String?) {
    guard let event else { return }
    if event.hasPrefix("write "), let last, last.hasPrefix("write ") {
      self[count - 1] = last + event.dropFirst("write ".count)
    } else {
      append(event)
    }
  }
}

/// The whole text of a reply.
func replyText(
  _ reply: consuming Reply, device: DeviceStatus, modules: [ModuleStatus]
) -> String {
  var device = device
  var writer = ReplyWriter()
  var bytes: [UInt8] = []
  while writer.next(&reply, device: &device, modules: modules.span) {
    for index in writer.bytes.indices { bytes.append(writer.bytes[index]) }
  }
  return String(decoding: bytes, as: UTF8.self)
}

extension String {
  fileprivate func trimmingSuffix() -> String {
    var text = self[...]
    while let last = text.last, last.isWhitespace { text.removeLast() }
    return String(text)
  }
}
