import HotReloadPort

/// `challenge` authentication: proves, before the first byte of the body, that whoever sends it has the key and asked
/// this device for leave within the last half minute.
public enum ChallengeAuthenticator<Hasher: SHA256Hasher> {
  /// `nonce` is 16 bytes, `sha256` 32.
  ///
  /// HMAC-SHA256(key, nonce ‖ SHA-256 of the body ‖ length as 64-bit little-endian ‖ target as sent).
  public static func code(
    key: Span<UInt8>, nonce: Span<UInt8>, sha256: Span<UInt8>, length: UInt32,
    target: Span<UInt8>
  ) -> SHA256Digest {
    var hmac = HMACSHA256<Hasher>(key: key)
    hmac.update(nonce.raw)
    hmac.update(sha256.raw)
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
    _ head: borrowing RequestHead, now: UInt64, nonces: inout NonceTable, key: Span<UInt8>
  ) throws(ServerError) {
    guard head.fields.contains(.nonce) else { throw .noNonce }
    guard nonces.use(head.nonce.bytes.span, now: now) else { throw .staleNonce }
    let expected = code(
      key: key, nonce: head.nonce.bytes.span, sha256: head.sha256.bytes.span,
      length: head.length, target: head.target)
    guard expected.isEqualInConstantTime(to: head.hmac) else { throw .wrongHMAC }
  }
}
