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

/// Why the chip started (`HOTRELOAD_PORT_RESET_…` in hotreload_port.h).
public enum ResetReason: Int32, Sendable {
  case other = 0
  case powerOn = 1
  case external = 2
  case software = 3
  case crash = 4
  case watchdog = 5
  case brownOut = 6
}

/// What is known of the time before the start.
public protocol RestartPort {
  /// Why the chip started.
  var resetReason: ResetReason { get }
  /// Whether there are 64 bytes that survive a restart.
  var hasRetainedBytes: Bool { get }
  /// Byte `index` of them; `index` < 64. Anything after power-on.
  func retained(_ index: Int) -> UInt8
  /// Changes byte `index` of them; `index` < 64.
  mutating func setRetained(_ index: Int, to value: UInt8)
}

/// Where the device can be reached.
public protocol NetworkPort {
  /// Stores the device's IP address as it stands in a URL and returns its length; 0 if no network interface is up, nil where the
  /// channel has no addresses.
  func address(_ text: inout InlineArray<48, UInt8>) -> Int?
}
