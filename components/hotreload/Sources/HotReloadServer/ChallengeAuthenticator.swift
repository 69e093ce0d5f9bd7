public import HotReloadPort

/// `challenge` authentication: proves, before the first byte of the body, that whoever sends it has the key and asked
/// this device for leave within the last half minute.
public enum ChallengeAuthenticator<Hasher: SHA256Hasher> {
  /// HMAC-SHA256(key, nonce ‖ SHA-256 of the body ‖ length as 64-bit little-endian ‖ target as sent).
  public static func code(
    key: Span<UInt8>, nonce: Nonce, sha256: SHA256Digest, length: UInt32, target: Span<UInt8>
  ) -> SHA256Digest {
    var hmac = HMACSHA256<Hasher>(key: key)
    hmac.update(nonce.bytes.span.raw)
    hmac.update(sha256.bytes.span.raw)
    var littleEndian = InlineArray<8, UInt8>(repeating: 0)
    for index in 0..<4 {
      littleEndian[index] = UInt8(truncatingIfNeeded: length &>> (8 * UInt32(index)))
    }
    hmac.update(littleEndian.span.raw)
    hmac.update(target.raw)
    return hmac.finalize()
  }

  /// Uses up the nonce, then compares the codes in constant time.
  static func check(
    _ head: RequestHead, length: UInt32, sha256: SHA256Digest, hmac: SHA256Digest, now: UInt64,
    server: inout ServerState
  ) throws(Refusal) {
    guard let nonce = head.nonce else { throw .missing(WireHeader.nonce) }
    guard server.nonces.use(nonce, now: now) else {
      throw Refusal(.forbidden, "the nonce is unknown, used or older than %u s", 30)
    }
    let expected = code(
      key: server.configuration.key.span, nonce: nonce, sha256: sha256, length: length,
      target: head.target.bytes)
    guard hmac.isEqualInConstantTime(to: expected) else { throw .wrongHMAC }
  }
}

extension Refusal {
  static func missing(_ header: StaticString) -> Refusal {
    Refusal(.forbidden, "%s is missing", text: ShortText(header))
  }

  static var wrongHMAC: Refusal {
    Refusal(.forbidden, "%s is wrong", text: ShortText(WireHeader.hmac))
  }
}
