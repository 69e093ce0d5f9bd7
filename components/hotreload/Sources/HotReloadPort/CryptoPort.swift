/// A SHA-256 digest (FIPS 180-4).
public struct SHA256Digest: Sendable {
  /// In the order of the standard.
  public var bytes: InlineArray<32, UInt8>

  /// The digest of these bytes.
  public init(bytes: InlineArray<32, UInt8>) { self.bytes = bytes }

  /// Compares all bytes, whatever the first difference: the time tells nothing about the content. Not inlined, so that a
  /// test can look at its machine code.
  @inline(never)
  public func isEqualInConstantTime(to other: SHA256Digest) -> Bool {
    var difference: UInt8 = 0
    for index in bytes.indices { difference |= bytes[index] ^ other.bytes[index] }
    return difference == 0
  }
}

/// One SHA-256 in progress.
public protocol SHA256Hasher {
  init()
  mutating func update(_ bytes: RawSpan)
  /// The digest of everything seen. The hasher is not used again.
  mutating func finalize() -> SHA256Digest
}
