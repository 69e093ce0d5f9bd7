import CHotReload
import HotReloadPort

/// Clock, randomness and log.
struct CSystem: ClockPort, RandomPort, LogPort {
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
