import HotReloadPort
import HotReloadServer

/// Parses a request head whole, in pieces and byte by byte: the outcome is the same. What was accepted is written as a
/// request again, which means the same.
func parseRequest(_ bytes: [UInt8]) {
  var script = Script(bytes)
  let size = Int(script.byte()) + 1
  let text = script.bytes(.max)
  let whole = parsed(text, inPiecesOf: max(text.count, 1))
  for size in [size, 1] {
    require(parsed(text, inPiecesOf: size) == whole, "pieces of \(size) mean the same")
  }
  guard whole.state == .complete, let head = whole.head, head.error == nil else { return }
  let again = parsed(head.text, inPiecesOf: .max)
  require(again.state == .complete, "an accepted request can be written")
  require(again.head == head, "and means the same: \(head), \(again)")
}

private struct Parsed: Equatable {
  var state: RequestParser.State
  var consumed: Int
  var head: HeadValues?
}

private func parsed(_ text: [UInt8], inPiecesOf size: Int) -> Parsed {
  var parser = RequestParser()
  var consumed = 0
  var start = 0
  while start < text.count {
    let piece = text[start..<(size < text.count - start ? start + size : text.count)]
    let count = parser.receive(piece.span)
    consumed += count
    start += piece.count
    if count < piece.count { break }
  }
  let isDone = parser.state != .requestLine && parser.state != .fields
  if isDone { require(parser.receive([0x47].span) == 0, "nothing is taken behind the end") }
  require(consumed <= WireLimit.head + text.count, "a head has an end")
  return Parsed(
    state: parser.state, consumed: consumed,
    head: parser.state == .complete ? HeadValues(parser.head) : nil)
}

/// What a head says, to be compared.
private struct HeadValues: Equatable {
  var method: RequestMethod
  var target: [UInt8]
  var partition: PartitionLabel?
  var stage: UploadStage?
  var path: RequestPath
  var keepsAlive: Bool
  var expectsContinue: Bool
  var hasUnknownLength: Bool
  var error: ServerError?
  var length: UInt32?
  var sha256: [UInt8]?
  var hmac: [UInt8]?
  var nonce: [UInt8]?

  init(_ head: borrowing RequestHead) {
    method = head.method
    target = head.target.indices.map { head.target[$0] }
    partition = head.partition
    stage = head.stage
    path = head.path
    keepsAlive = head.keepsAlive
    expectsContinue = head.expectsContinue
    hasUnknownLength = head.hasUnknownLength
    error = head.error
    length = head.fields.contains(.length) ? head.length : nil
    sha256 =
      head.fields.contains(.sha256) ? head.sha256.bytes.indices.map { head.sha256.bytes[$0] } : nil
    hmac = head.fields.contains(.hmac) ? head.hmac.bytes.indices.map { head.hmac.bytes[$0] } : nil
    nonce =
      head.fields.contains(.nonce) ? head.nonce.bytes.indices.map { head.nonce.bytes[$0] } : nil
  }

  /// A request that says so.
  var text: [UInt8] {
    let verb =
      switch method {
      case .get: "GET"
      case .post: "POST"
      case .other: "PUT"
      }
    var text = Array("\(verb) ".utf8) + target + Array(" HTTP/1.1\r\n".utf8)
    func field(_ name: String, _ value: String?) {
      if let value { text += Array("\(name): \(value)\r\n".utf8) }
    }
    field("Content-Length", length.map { "\($0)" })
    field("X-Hotreload-SHA256", sha256.map(hex))
    field("X-Hotreload-HMAC", hmac.map(hex))
    field("X-Hotreload-Nonce", nonce.map(hex))
    if !keepsAlive { field("Connection", "close") }
    if expectsContinue { field("Expect", "100-continue") }
    return text + Array("\r\n".utf8)
  }
}

/// Lower-case hex digits.
func hex(_ bytes: [UInt8]) -> String {
  String(decoding: bytes.flatMap { [Hex.digit($0 >> 4), Hex.digit($0)] }, as: UTF8.self)
}
