import HotReloadPort
import HotReloadSoftwareCrypto

/// What HotReloadBuild wants of swift-crypto, which is not fuzzed: SHA-256, by the chip's own code.
public struct SHA256 {
  private var hasher = SoftwareSHA256()

  /// A hash of nothing yet.
  public init() {}

  /// The hash of `data`.
  public static func hash(data: [UInt8]) -> [UInt8] {
    var hash = Self()
    // Safety: bytes have no padding.
    hash.hasher.update(unsafe data.span.bytes)
    return hash.finalize()
  }

  /// Takes the next bytes.
  public mutating func update(bufferPointer: UnsafeRawBufferPointer) {
    // Safety: the caller lends the buffer for the call.
    unsafe hasher.update(bufferPointer.bytes)
  }

  /// The hash of everything seen.
  public mutating func finalize() -> [UInt8] {
    let digest = hasher.finalize()
    return digest.bytes.indices.map { digest.bytes[$0] }
  }
}
