extension UInt64 {
  /// The same number.
  ///
  /// The generic `UInt64(_:)` goes through `words`, and with it array storage comes into a program for a 32-bit chip
  /// that may not allocate (Swift 6.3).
  public init(word: UInt32) { self.init(_truncatingBits: UInt(word)) }
}
