import HotReloadPort

/// HMAC-SHA256 (RFC 2104), incrementally.
public struct HMACSHA256<Hasher: SHA256Hasher> {
  private var inner = Hasher()
  private var outer = Hasher()

  /// No key yet, a place to keep one.
  init() {}

  /// A key of any length; one longer than a block (64 bytes) counts as its SHA-256.
  public init(key: Span<UInt8>) {
    if key.count > 64 {
      var hasher = Hasher()
      hasher.update(key.raw)
      let digest = hasher.finalize()
      begin(with: digest.bytes.span)
    } else {
      begin(with: key)
    }
  }

  /// Hashes the two paddings, RFC 2104's ipad (0x36) and opad (0x5C).
  private mutating func begin(with key: Span<UInt8>) {
    var block = InlineArray<64, UInt8>(repeating: 0x36)
    for index in key.indices { block[index] ^= key[index] }
    inner.update(block.span.raw)
    for index in block.indices { block[index] ^= 0x36 ^ 0x5C }
    outer.update(block.span.raw)
  }

  /// Takes the next bytes of the message.
  public mutating func update(_ bytes: RawSpan) { inner.update(bytes) }

  /// The code of all bytes seen. The value is not used again.
  public mutating func finalize() -> SHA256Digest {
    let digest = inner.finalize()
    outer.update(digest.bytes.span.raw)
    return outer.finalize()
  }
}
