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

  func log(
    _ level: LogLevel, _ format: StaticString, text: StaticString, _ first: UInt32,
    _ second: UInt32
  ) {
    // Safety: both are literals, which end with a NUL.
    unsafe hotreload_port_log(
      level.rawValue, pointer(format), pointer(text), first, second)
  }

  private func pointer(_ string: StaticString) -> UnsafePointer<CChar> {
    // Safety: CChar and UInt8 have the same layout; a literal lives for ever.
    unsafe UnsafeRawPointer(string.utf8Start).assumingMemoryBound(to: CChar.self)
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
