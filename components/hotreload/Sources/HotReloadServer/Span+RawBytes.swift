extension Span where Element == UInt8 {
  /// The same bytes for a hasher.
  var raw: RawSpan {
    @_lifetime(copy self)
    get {
      // Safety: `bytes` is unsafe for elements with padding; a byte has none.
      unsafe bytes
    }
  }
}
