extension Span<UInt8> {
  /// The same bytes, for hashing and writing.
  var raw: RawSpan {
    @_lifetime(copy self)
    get {
      // Safety: UInt8 has no padding, so every byte is initialised.
      unsafe bytes
    }
  }
}
