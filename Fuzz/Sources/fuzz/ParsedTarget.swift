import HotReloadLoader
import HotReloadPort
import HotReloadRuntime
import HotReloadServer
import HotReloadSimulator

/// Hands a device requests that another HTTP server has parsed, several at a time, in any order: each gets one reply at
/// most, and only what is signed is stored.
func serveParsed(_ bytes: [UInt8]) {
  var script = Script(bytes)
  let authentication: Authentication = script.byte() & 1 == 0 ? .challenge : .body
  let device = FuzzDevice(chip: .esp32c6, authentication: authentication)
  var server = OtherServer(device)
  while !script.isEmpty {
    let stored = device.storedImages
    server.step(&script)
    require(server.isSigned || device.storedImages == stored, "only what is signed is stored")
  }
}

/// An HTTP server with four requests at a time.
private struct OtherServer {
  private let device: FuzzDevice
  private var requests: [Request?] = .init(repeating: nil, count: 4)
  private var nonce: [UInt8]?
  /// Whether anything so far was signed.
  private(set) var isSigned = false

  private struct Request {
    var open: OpenRequest
    var next: ParsedRequest.Next
    var body: [UInt8] = []
    var hasReply = false
  }

  init(_ device: FuzzDevice) { self.device = device }

  mutating func step(_ script: inout Script) {
    let operation = script.byte()
    let place = Int(operation >> 6)
    switch operation % 8 {
    case 0: begin(place, head(&script))
    case 1: begin(place, fields: [:], method: "GET", target: "/challenge")
    case 2: beginUpload(place, &script)
    case 3: receive(place, script.bytes(Int(script.byte())))
    case 4:
      let body = requests[place]?.body ?? []
      let count = Int(script.half() % 2048)
      requests[place]?.body.removeFirst(min(count, body.count))
      receive(place, Array(body.prefix(count)))
    case 5: device.device.system.time += UInt64(script.byte()) << UInt64(script.byte() % 40)
    case 6: abort(place)
    default: device.load()
    }
  }

  private func head(_ script: inout Script) -> RequestHeadBuilder {
    var builder = RequestHeadBuilder()
    let method = script.bytes(Int(script.byte() % 16))
    let target = script.bytes(Int(script.byte()))
    builder.setRequest(
      method: method.span, target: target.span, isVersion10: script.byte() & 1 == 1)
    var values = script
    builder.addFields { _, value in
      guard values.byte() & 1 == 1 else { return nil }
      let bytes = values.bytes(Int(values.byte()))
      for (index, byte) in bytes.prefix(value.count).enumerated() { value[index] = byte }
      // A server may say how long the whole value is, or that it failed.
      return values.byte() == 0xFF ? Int(Int32(bitPattern: values.word())) : bytes.count
    }
    script = values
    return builder
  }

  private mutating func beginUpload(_ place: Int, _ script: inout Script) {
    let options = script.byte()
    let body =
      options & 1 == 0 ? device.module(version: options >> 4) : script.bytes(Int(script.byte()))
    let announced = options & 2 == 0 ? UInt32(body.count) : script.word()
    let target = FuzzDevice.targets[Int(options >> 2 & 1) + 2 * Int(options >> 7)]
    let text = FuzzDevice.signedHead(body, target: target, nonce: nonce, announced: announced)
    var fields: [String: String] = [:]
    for line in text.split(separator: "\r\n").dropFirst() {
      let parts = line.split(separator: ": ")
      fields[parts[0].lowercased()] = String(parts[1])
    }
    if options & 8 != 0 { fields["expect"] = "100-continue" }
    isSigned = true
    begin(place, fields: fields, method: "POST", target: target, body)
  }

  private mutating func begin(
    _ place: Int, fields: [String: String], method: String, target: String, _ body: [UInt8] = []
  ) {
    var builder = RequestHeadBuilder()
    let (method, target) = (Array(method.utf8), Array(target.utf8))
    builder.setRequest(method: method.span, target: target.span)
    builder.addFields { name, value in
      guard let field = fields["\(name)".lowercased()] else { return nil }
      for (index, byte) in field.utf8.prefix(value.count).enumerated() { value[index] = byte }
      return field.utf8.count
    }
    begin(place, builder, body)
  }

  private mutating func begin(
    _ place: Int, _ builder: consuming RequestHeadBuilder, _ body: [UInt8] = []
  ) {
    abort(place)
    var request = ParsedRequest()
    device.device.runtime.begin(builder.head, &request)
    finish(request, at: place, wasReplied: false, body)
  }

  private mutating func receive(_ place: Int, _ bytes: [UInt8]) {
    guard let known = requests[place] else { return }
    var request = ParsedRequest()
    device.device.runtime.receive(bytes.span, of: known.open, &request)
    finish(request, at: place, wasReplied: known.hasReply, known.body)
  }

  private mutating func abort(_ place: Int) {
    guard let known = requests[place] else { return }
    var request = ParsedRequest()
    device.device.runtime.abort(known.open, &request)
    requests[place] = nil
  }

  private mutating func finish(
    _ request: consuming ParsedRequest, at place: Int, wasReplied: Bool, _ body: [UInt8]
  ) {
    let (next, open, hasReply) = (request.next, request.open, request.hasReply)
    var isContinue = false
    if hasReply {
      let text = reply(request)
      checkReplies(text)
      isContinue = text.hasPrefix("HTTP/1.1 100")
      require(!wasReplied, "a request gets one reply")
      nonce = FuzzDevice.nonce(in: text) ?? nonce
    }
    requests[place] = nil
    guard next == .upload || next == .drain else { return }
    requests[place] = Request(
      open: open, next: next, body: body, hasReply: wasReplied || hasReply && !isContinue)
  }

  private func reply(_ request: consuming ParsedRequest) -> String {
    var report = StatusReport()
    device.device.runtime.report(to: &report)
    var bytes: [UInt8] = []
    var writer = ReplyWriter()
    while request.exchange.write(
      &writer, device: &report.device, modules: report.modules.span.extracting(first: report.count))
    {
      for index in writer.bytes.indices { bytes.append(writer.bytes[index]) }
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
