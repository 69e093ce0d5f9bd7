import HotReloadELF

extension Span<UInt8> {
  /// The same bytes, as readers of formats take them.
  var raw: RawSpan {
    @_lifetime(copy self)
    get {
      // Safety: UInt8 has no padding, so every byte is initialised.
      unsafe bytes
    }
  }
}

extension ByteView {
  /// The bytes as text; what is no UTF-8 is repaired.
  var text: String { String(decoding: array, as: UTF8.self) }

  /// A copy of the bytes.
  var array: [UInt8] {
    // Safety: the buffer is read within its bounds, and copied before it is gone.
    unsafe bytes.withUnsafeBytes { unsafe [UInt8]($0) }
  }
}

extension BuildFailure {
  /// A file that is not what its name says.
  static func malformed(_ file: String, _ error: ELFError) -> BuildFailure {
    BuildFailure(.other, .malformedELF, "\(file): \(DeviceErrorText.describe(error))")
  }
}
