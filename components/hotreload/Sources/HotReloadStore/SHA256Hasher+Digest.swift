import HotReloadPort

extension SHA256Hasher {
  /// The digest of `bytes`.
  @inline(never)
  static func digest(of bytes: RawSpan) -> SHA256Digest {
    var hasher = Self()
    hasher.update(bytes)
    return hasher.finalize()
  }
}
