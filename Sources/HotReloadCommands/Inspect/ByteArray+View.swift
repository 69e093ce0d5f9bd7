extension [UInt8] {
  /// The bytes as the device's modules read them.
  var view: RawSpan {
    @_lifetime(borrow self)
    borrowing get {
      // Safety: every bit pattern is a valid byte; the view borrows the array.
      unsafe span.bytes
    }
  }
}
