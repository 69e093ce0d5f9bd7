import HotReloadLoader
import HotReloadServer
import HotReloadSimulator

/// Sends a device what the input says, over two connections, and to a second device the same in smaller pieces: both
/// answer the same, and only what is signed is stored.
func serve(_ bytes: [UInt8]) {
  var script = Script(bytes)
  let settings = script.byte()
  let pieces = Int(script.byte()) + 1
  let authentication: Authentication = settings & 1 == 0 ? .challenge : .body
  let chip: Chip = [.esp32c6, .esp32c3, .esp32, .esp32s3][Int(settings >> 1) & 3]
  var whole = Client(FuzzDevice(chip: chip, authentication: authentication), pieces: .max)
  var cut = Client(FuzzDevice(chip: chip, authentication: authentication), pieces: pieces)
  var stored = whole.device.storedImages
  while !script.isEmpty {
    let before = script
    let answer = whole.step(&script)
    checkReplies(answer.text)
    var again = before
    let other = cut.step(&again)
    require(other.text == answer.text, "pieces mean the same:\n\(answer.text)\n\(other.text)")
    let now = whole.device.storedImages
    require(answer.isSigned || now == stored, "only what is signed is stored")
    stored = now
  }
}

/// What a network can do to a device.
private struct Client {
  let device: FuzzDevice
  /// Bytes of a piece.
  let pieces: Int
  private let connections: [SimulatedConnection]
  private var nonce: [UInt8]?
  /// Of an upload whose body is still to come.
  private var body: [UInt8] = []
  /// Whether anything that was sent so far was signed: the rest of it may come at any time.
  private var isSigned = false

  init(_ device: FuzzDevice, pieces: Int) {
    self.device = device
    self.pieces = pieces
    connections = [SimulatedConnection(to: device.device), SimulatedConnection(to: device.device)]
  }

  mutating func step(_ script: inout Script) -> (text: String, isSigned: Bool) {
    let operation = script.byte()
    let connection = connections[Int(operation >> 7)]
    var text = ""
    switch operation % 16 {
    case 0...4: text = send(script.bytes(Int(script.byte())), on: connection)
    case 5: text = send(script.bytes(Int(script.half() % 2048)), on: connection)
    case 6: text = send(Array("GET /challenge HTTP/1.1\r\n\r\n".utf8), on: connection)
    case 7: text = send(Array("GET /status HTTP/1.1\r\n\r\n".utf8), on: connection)
    case 8: text = pass(UInt64(script.half()) * 1000)
    case 9: text = pass(UInt64(script.byte()) << UInt64(script.byte() % 40))
    case 10: text = connection.exchange([])
    case 11: connection.drop()
    case 12...13: text = beginUpload(&script, operation & 1 == 0, on: connection)
    case 14:
      let count = min(Int(script.half() % 2048), body.count)
      text = send(Array(body.prefix(count)), on: connection)
      body.removeFirst(count)
    default: device.load()
    }
    nonce = FuzzDevice.nonce(in: text) ?? nonce
    return (text, isSigned)
  }

  /// Lets time pass (microseconds), and deadlines expire: the driver asks for that at least every 100 ms.
  private func pass(_ time: UInt64) -> String {
    device.device.system.time += time
    return connections.map { $0.exchange([]) }.joined()
  }

  /// A signed upload, of a module or of other bytes; its announced length, its target and its fields may be anything.
  private mutating func beginUpload(
    _ script: inout Script, _ isModule: Bool, on connection: SimulatedConnection
  ) -> String {
    let options = script.byte()
    body = isModule ? device.module(version: options >> 4) : script.bytes(Int(script.byte()))
    let announced = options & 1 == 0 ? UInt32(body.count) : script.word()
    let target = FuzzDevice.targets[Int(options >> 1 & 1) + 2 * Int(options >> 7)]
    var head = FuzzDevice.signedHead(
      body, target: target, nonce: options & 4 == 0 ? nonce : nil, announced: announced)
    if options & 8 != 0 { head += "Expect: 100-continue\r\n" }
    isSigned = true
    return send(Array((head + "\r\n").utf8), on: connection)
  }

  private func send(_ bytes: [UInt8], on connection: SimulatedConnection) -> String {
    var text = ""
    var rest = bytes[...]
    while !rest.isEmpty {
      text += connection.exchange(Array(rest.prefix(pieces)))
      rest = rest.dropFirst(pieces)
    }
    return text
  }
}
