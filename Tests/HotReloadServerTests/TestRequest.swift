import HotReloadPort
import HotReloadServer
import HotReloadSoftwareCrypto

/// One request to a `TestDevice` that another HTTP server has parsed, driven as a real driver would.
final class TestRequest {
  private let device: TestDevice
  private var open: OpenRequest?
  /// Events of the device and `send 200 …`; neighbouring writes are one.
  private(set) var events: [String] = []
  /// The text of all replies.
  private(set) var sent = ""
  /// What the last call said.
  private(set) var next = ParsedRequest.Next.close

  init(_ device: TestDevice) { self.device = device }

  /// Hands over the head in this text.
  @discardableResult
  func begin(_ head: String) -> TestRequest {
    let lines = head.split(separator: "\r\n")
    let words = lines[0].split(separator: " ")
    var fields: [String: String] = [:]
    for line in lines.dropFirst() {
      let parts = line.split(separator: ":", maxSplits: 1)
      fields[parts[0].lowercased()] = String(parts[1])
    }
    var builder = RequestHeadBuilder()
    let method = Array(words[0].utf8)
    let target = Array(words[1].utf8)
    builder.setRequest(method: method.span, target: target.span)
    builder.addFields { name, value in
      guard let bytes = fields["\(name)".lowercased()].map({ Array($0.utf8) }) else { return nil }
      for (index, byte) in bytes.prefix(value.count).enumerated() { value[index] = byte }
      return bytes.count
    }
    var request = ParsedRequest()
    let step = request.begin(builder.head, now: device.now, server: &device.server)
    follow(step, [], &request)
    return self
  }

  /// Hands over bytes of the body.
  func receive(_ text: String) {
    guard let open else { preconditionFailure("receives before it began") }
    let bytes = Array(text.utf8)
    var request = ParsedRequest()
    request.resume(open, server: &device.server)
    let step = request.advance(bytes.span, now: device.now, server: &device.server)
    follow(step, bytes, &request)
  }

  /// Lets time pass without bytes.
  func wait(seconds: Double) {
    device.now += UInt64(seconds * 1_000_000)
    receive("")
  }

  /// The client goes away.
  func abort() {
    guard let open else { preconditionFailure("ends before it began") }
    var request = ParsedRequest()
    request.resume(open, server: &device.server)
    if request.abort(server: &device.server) {
      events.append("discard")
      device.staged = nil
    }
  }

  /// The events since the last call, and then what comes next.
  func takeEvents() -> [String] {
    defer { events = [] }
    return events + ["\(next)"]
  }

  private func follow(_ first: ServerStep, _ bytes: [UInt8], _ request: inout ParsedRequest) {
    var step = first
    var rest = bytes[...]
    while step.action != .send, step.action != .wait || !rest.isEmpty && step.consumed > 0 {
      let used = Array(rest.prefix(step.consumed))
      rest = rest.dropFirst(step.consumed)
      events.append(event: device.perform(step.action, used, &request.exchange))
      let left = Array(rest)
      step = request.advance(left.span, now: device.now, server: &device.server)
    }
    if request.hasReply {
      let reply = device.reply(of: &request.exchange)
      sent += reply.text
      events.append(reply.event)
    }
    next = request.next
    open = request.open
  }
}
