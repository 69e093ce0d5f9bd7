import HotReloadPort
import HotReloadServer
import HotReloadSoftwareCrypto

/// The text of an upload as a client sends it; every part can be wrong.
struct UploadRequestText {
  var body = "hello"
  var target = "/upload"
  var fields: [String] = []
  /// Nil leaves the field out.
  var length: String?
  var sha256: String?
  var nonce: String?
  var hmac: String?

  /// A right upload in `challenge` authentication, with the nonce of 16 times this byte.
  init(
    _ body: String = "hello", nonce: UInt8, target: String = "/upload",
    key: InlineArray<32, UInt8> = TestDevice.key
  ) {
    self.init(plain: body, target: target)
    let nonce = Nonce(bytes: .init(repeating: nonce))
    self.nonce = hex(nonce.bytes.span)
    let code = ChallengeAuthenticator<SoftwareSHA256>.code(
      key: key.span, nonce: nonce.bytes.span, sha256: digest(of: body).bytes.span,
      length: UInt32(body.utf8.count), target: Array(target.utf8).span)
    hmac = hex(code)
  }

  /// A right upload in `body` authentication.
  init(signed body: String) {
    self.init(plain: body, target: "/upload")
    var code = HMACSHA256<SoftwareSHA256>(key: TestDevice.key.span)
    let bytes = Array(body.utf8)
    unsafe code.update(bytes.span.bytes)
    hmac = hex(code.finalize())
  }

  private init(plain body: String, target: String) {
    self.body = body
    self.target = target
    length = "\(body.utf8.count)"
    sha256 = hex(digest(of: body))
  }

  var head: String {
    var lines = ["POST \(target) HTTP/1.1", "Host: device"]
    if let length { lines.append("Content-Length: \(length)") }
    if let sha256 { lines.append("X-Hotreload-SHA256: \(sha256)") }
    if let nonce { lines.append("X-Hotreload-Nonce: \(nonce)") }
    if let hmac { lines.append("X-Hotreload-HMAC: \(hmac)") }
    return (lines + fields).joined(separator: "\r\n") + "\r\n\r\n"
  }

  var text: String { head + body }
}

/// SHA-256 of text.
func digest(of text: String) -> SHA256Digest {
  var hasher = SoftwareSHA256()
  let bytes = Array(text.utf8)
  unsafe hasher.update(bytes.span.bytes)
  return hasher.finalize()
}

/// Lower-case hex digits.
func hex(_ digest: SHA256Digest) -> String { hex(digest.bytes.span) }

/// Lower-case hex digits.
func hex(_ bytes: Span<UInt8>) -> String {
  var text = ""
  for index in bytes.indices {
    let digits = String(bytes[index], radix: 16)
    text += digits.count == 1 ? "0" + digits : digits
  }
  return text
}
