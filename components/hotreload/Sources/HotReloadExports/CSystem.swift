import CHotReload
import HotReloadPort

/// How the application of this firmware is doing.
///
/// Safety: a few bytes with constant initial values, of which each is read and written by itself; see `Pulse`.
nonisolated(unsafe) var currentPulse = Pulse()

/// Clock, randomness, log, restarts, network and trials.
struct CSystem: ClockPort, RandomPort, LogPort, RestartPort, NetworkPort, TrialPort {
  func now() -> UInt64 { hotreload_port_now() }

  func nonce() -> InlineArray<16, UInt8>? {
    var bytes = InlineArray<16, UInt8>(repeating: 0)
    var span = bytes.mutableSpan
    let filled = unsafe span.withUnsafeMutableBytes { bytes in
      // Safety: the port fills exactly the bytes of the array.
      unsafe hotreload_port_random(bytes.baseAddress, bytes.count)
    }
    return filled ? bytes : nil
  }

  func log(_ level: LogLevel, _ line: Span<UInt8>) {
    unsafe line.bytes.withUnsafeBytes { bytes in
      // Safety: the bytes outlive the call; CChar and UInt8 have the same layout.
      unsafe hotreload_port_log(
        level.rawValue, bytes.baseAddress?.assumingMemoryBound(to: CChar.self), bytes.count)
    }
  }

  var resetReason: ResetReason { ResetReason(rawValue: hotreload_port_reset_reason()) ?? .other }

  var hasRetainedBytes: Bool { unsafe hotreload_port_retained() != nil }

  func retained(_ index: Int) -> UInt8 {
    // Safety: the caller looked whether there are any, and keeps `index` below 64.
    unsafe hotreload_port_retained().load(fromByteOffset: index, as: UInt8.self)
  }

  func setRetained(_ index: Int, to value: UInt8) {
    // Safety: as for `retained`.
    unsafe hotreload_port_retained().storeBytes(of: value, toByteOffset: index, as: UInt8.self)
  }

  func schedule(milliseconds: UInt32) { hotreload_port_schedule(milliseconds) }

  func watch(milliseconds: UInt32) { hotreload_port_watch(milliseconds) }

  var pulse: Pulse {
    get { unsafe currentPulse }
    nonmutating _modify { yield unsafe &currentPulse }
  }

  func address(_ text: inout InlineArray<48, UInt8>) -> Int? {
    var span = text.mutableSpan
    let result = unsafe span.withUnsafeMutableBytes { text in
      // Safety: the port stores at most `text.count` bytes.
      unsafe hotreload_port_address(
        text.baseAddress?.assumingMemoryBound(to: CChar.self), text.count)
    }
    if Int(result) == HOTRELOAD_PORT_NOT_SUPPORTED { return nil }
    guard succeeded(result) else { return 0 }
    var length = 0
    while length < text.count, text[length] != 0 { length += 1 }
    return length
  }
}

/// The byte stream of the one peer of this chip's channel.
struct CTransport: TransportPort {
  func send(_ bytes: RawSpan) {
    unsafe bytes.withUnsafeBytes { bytes in
      // Safety: the bytes outlive the call.
      unsafe hotreload_port_send(bytes.baseAddress, bytes.count)
    }
  }

  func close() { hotreload_port_close() }
}
