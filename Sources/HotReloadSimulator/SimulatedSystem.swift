import HotReloadPort

/// A clock that only moves when told to, a seeded source of randomness, and a log that is kept.
package final class SimulatedSystem: ClockPort, RandomPort, LogPort {
  /// Microseconds since boot.
  package var time: UInt64 = 0
  /// Whether the chip has a source of randomness.
  package var hasRandomness = true
  /// The lines logged so far.
  package private(set) var lines: [String] = []
  private var generator: UInt64

  package init(seed: UInt64) { generator = seed }

  package func now() -> UInt64 { time }

  package func nonce() -> InlineArray<16, UInt8>? {
    guard hasRandomness else { return nil }
    return InlineArray { _ in next() }
  }

  package func log(_ level: LogLevel, _ line: Span<UInt8>) {
    lines.append(String(decoding: line.indices.map { line[$0] }, as: UTF8.self))
  }

  /// SplitMix64 (Steele, Lea, Flood 2014), one byte a step.
  private func next() -> UInt8 {
    generator &+= 0x9E37_79B9_7F4A_7C15
    var word = generator
    word = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
    word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
    return UInt8(truncatingIfNeeded: word ^ (word >> 31))
  }
}
