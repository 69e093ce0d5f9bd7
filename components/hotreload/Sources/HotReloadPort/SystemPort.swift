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

/// The device's log.
public protocol LogPort {
  /// Logs one line of ASCII text, without line feed.
  mutating func log(_ level: LogLevel, _ line: Span<UInt8>)
}
