import HotReloadPort

extension SHA256Hasher {
  /// The digest of `bytes`.
  static func digest(of bytes: RawSpan) -> SHA256Digest {
    var hasher = Self()
    hasher.update(bytes)
    return hasher.finalize()
  }
}

extension SHA256Digest {
  /// The 32 bytes at `offset`, which the caller has checked.
  init(at offset: Int, in bytes: RawSpan) {
    self.init(bytes: .init(repeating: 0))
    for index in self.bytes.indices {
      self.bytes[index] = bytes.number(at: offset + index, as: UInt8.self)
    }
  }
}
