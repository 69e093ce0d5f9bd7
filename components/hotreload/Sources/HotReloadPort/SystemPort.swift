/// Monotonic time.
public protocol ClockPort {
  /// Microseconds since boot.
  func now() -> UInt64
}

/// A hardware source of randomness.
public protocol RandomPort {
  /// 16 unpredictable bytes, nil where there is no source.
  mutating func nonce() -> InlineArray<16, UInt8>?
}

/// How serious a log line is.
public enum LogLevel: Int32, Sendable {
  case error = 1
  case warning = 2
  case info = 3
}

/// The device's log. A format is printf's: first one `%s`, then up to two 32-bit numbers.
public protocol LogPort {
  mutating func log(
    _ level: LogLevel, _ format: StaticString, text: StaticString, _ first: UInt32, _ second: UInt32)
}
