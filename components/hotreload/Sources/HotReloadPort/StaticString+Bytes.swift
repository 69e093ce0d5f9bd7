extension StaticString {
  /// The UTF-8 bytes of a literal that is not a single Unicode scalar; all of the runtime's literals are not.
  public var bytes: Span<UInt8> {
    @_lifetime(immortal)
    get {
      // Safety: such a literal is a pointer to constant memory of this many bytes that lives as long as the program.
      let start = unsafe UnsafePointer(utf8Start)
      let span = unsafe Span(_unsafeStart: start, count: utf8CodeUnitCount)
      return unsafe _overrideLifetime(span, copying: ())
    }
  }
}
