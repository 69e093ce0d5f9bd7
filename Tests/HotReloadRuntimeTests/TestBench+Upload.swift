import HotReloadPort
import HotReloadRuntime
import HotReloadServer
import HotReloadSimulator
import HotReloadSoftwareCrypto
import TestImages
import Testing

/// A client, as small as a test needs it.
extension TestBench {
  /// Starts the server for uploads to the first partition.
  func startServer() throws {
    try device.runtime.startServer(
      label: nil, maximumLength: 64 << 10, authentication: .challenge)
  }

  /// Uploads over a connection of its own and returns the reply.
  func upload(
    _ image: [UInt8], as authentication: Authentication = .challenge, to target: String = "/upload"
  ) -> String {
    let connection = SimulatedConnection(to: device)
    let nonce = authentication == .challenge ? nonce(over: connection) : nil
    return connection.exchange(head(for: image, nonce: nonce, target: target) + image)
  }

  /// Asks for a nonce.
  func nonce(over connection: SimulatedConnection) -> [UInt8] {
    let reply = connection.exchange(Array("GET /challenge HTTP/1.1\r\n\r\n".utf8))
    let digits = reply.split(separator: "\"").last { $0.count == 32 } ?? ""
    return stride(from: 0, to: digits.count, by: 2).compactMap { position in
      let start = digits.index(digits.startIndex, offsetBy: position)
      return UInt8(digits[start..<digits.index(start, offsetBy: 2)], radix: 16)
    }
  }

  /// The head of an upload, signed for the nonce, or without one over the body.
  func head(for image: [UInt8], nonce: [UInt8]?, target: String = "/upload") -> [UInt8] {
    let sha256 = digest(of: image)
    var message = image
    if let nonce {
      message = nonce + sha256 + (0..<8).map { UInt8(truncatingIfNeeded: image.count >> (8 * $0)) }
      message += Array(target.utf8)
    }
    var lines = [
      "POST \(target) HTTP/1.1", "Content-Length: \(image.count)",
      "\(WireHeader.sha256): \(hex(sha256))", "\(WireHeader.hmac): \(hex(hmac(of: message)))",
    ]
    if let nonce { lines.append("\(WireHeader.nonce): \(hex(nonce))") }
    return Array((lines.joined(separator: "\r\n") + "\r\n\r\n").utf8)
  }

  private func digest(of bytes: [UInt8]) -> [UInt8] {
    var hasher = SoftwareSHA256()
    hasher.update(bytes.raw)
    let digest = hasher.finalize()
    return digest.bytes.indices.map { digest.bytes[$0] }
  }

  /// RFC 2104, for a key shorter than a block.
  private func hmac(of message: [UInt8]) -> [UInt8] {
    let key = Self.key + [UInt8](repeating: 0, count: 64 - Self.key.count)
    return digest(of: key.map { $0 ^ 0x5C } + digest(of: key.map { $0 ^ 0x36 } + message))
  }

  private func hex(_ bytes: [UInt8]) -> String {
    bytes.map { (UInt32($0) + 256).hexadecimal.dropFirst() }.joined()
  }
}

extension UInt32 {
  fileprivate var hexadecimal: String { String(self, radix: 16) }
}
