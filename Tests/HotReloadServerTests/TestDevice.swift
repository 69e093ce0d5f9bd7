import HotReloadPort
import HotReloadServer
import HotReloadSoftwareCrypto

/// A device as small as the server needs one: a clock, nonces that count up, a place to upload to.
final class TestDevice {
  static let key = InlineArray<32, UInt8> { UInt8($0) }

  var server: ServerState
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
    server = ServerState(
      configuration: ServerConfiguration(
        authentication: authentication, key: Self.key, maximumLength: maximumLength))
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
  var session = ServerSession<SoftwareSHA256>()
  /// `begin 5`, `write hello`, `finish`, `discard`, `send 200 …`, `close`; neighbouring writes are one.
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
        let text = replyText()
        sent += text
        let body = text.split(separator: "\r\n\r\n", maxSplits: 1).dropFirst().first ?? ""
        events.append("send \(session.reply.status) \(body)".trimmingSuffix())
      case .issueNonce:
        device.nonces += 1
        let nonce = Nonce(bytes: .init(repeating: device.nonces))
        session.issue(device.hasRandomness ? nonce : nil, now: device.now, server: &device.server)
      case .begin:
        let label = session.partition.map { " \(Self.string($0.bytes.span, $0.count))" } ?? ""
        events.append("begin \(session.length)\(label)")
        if device.beginRefusal == nil { device.staged = [] }
        answer(device.beginRefusal)
      case .write:
        let text = String(decoding: chunk, as: UTF8.self)
        if let last = events.last, last.hasPrefix("write ") {
          events[events.count - 1] = last + text
        } else {
          events.append("write \(text)")
        }
        device.staged? += chunk
        answer(device.writeRefusal)
      case .finish:
        events.append("finish")
        if device.finishRefusal == nil {
          device.stored = device.staged
          device.staged = nil
        }
        answer(device.finishRefusal)
      case .discard:
        events.append("discard")
        device.staged = nil
      case .close:
        events.append("close")
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

  /// The text of the reply that the session wants sent.
  private func replyText() -> String {
    var status = TestDevice.status
    var writer = ReplyWriter()
    var bytes: [UInt8] = []
    while session.write(&writer, device: &status, modules: Span()) {
      for index in writer.bytes.indices { bytes.append(writer.bytes[index]) }
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  private func answer(_ refusal: Refusal?) {
    if let refusal {
      session.failed(refusal, text: device.refusalText.bytes, server: &device.server)
    } else {
      session.succeeded(now: device.now, server: &device.server)
    }
  }

  private static func string(_ bytes: Span<UInt8>, _ count: Int) -> String {
    var text = ""
    for index in 0..<count { text.unicodeScalars.append(Unicode.Scalar(bytes[index])) }
    return text
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
