import Crypto
import HotReloadServer

/// The headers that prove to a device who sends an image (docs/PROTOCOL.md, "Authentication").
struct UploadAuthorization {
  let key: UploadKey
  let image: [UInt8]
  private let digest: SHA256.Digest

  init(image: [UInt8], key: UploadKey) {
    self.image = image
    self.key = key
    digest = SHA256.hash(data: image)
  }

  /// For `challenge`: HMAC-SHA256 (RFC 2104) over nonce ‖ SHA-256 of the body ‖ length as 64-bit
  /// little-endian ‖ request target as sent.
  func headers(nonce: [UInt8], target: String) -> [(name: String, value: String)] {
    var hmac = HMAC<SHA256>(key: SymmetricKey(data: key.bytes))
    hmac.update(data: nonce)
    hmac.update(data: Array(digest))
    let length = UInt64(image.count)
    hmac.update(data: (0..<8).map { UInt8(truncatingIfNeeded: length >> (8 * $0)) })
    hmac.update(data: Array(target.utf8))
    return [
      (WireHeader.sha256.description, Hex.encode(digest)),
      (WireHeader.nonce.description, Hex.encode(nonce)),
      (WireHeader.hmac.description, Hex.encode(hmac.finalize())),
    ]
  }

  /// For `body`: HMAC-SHA256 over the body.
  func headersOverBody() -> [(name: String, value: String)] {
    let hmac = HMAC<SHA256>.authenticationCode(for: image, using: SymmetricKey(data: key.bytes))
    return [
      (WireHeader.sha256.description, Hex.encode(digest)),
      (WireHeader.hmac.description, Hex.encode(hmac)),
    ]
  }
}
