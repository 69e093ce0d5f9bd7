import HotReloadPort

/// A clock that only moves when told to, a seeded source of randomness, a log that is kept, RAM that survives restarts, a
/// network address, and what was asked for during a trial.
package final class SimulatedSystem: ClockPort, RandomPort, LogPort, RestartPort, NetworkPort,
  TrialPort
{
  /// Microseconds since boot.
  package var time: UInt64 = 0
  /// Whether the chip has a source of randomness.
  package var hasRandomness = true
  /// The lines logged so far.
  package private(set) var lines: [String] = []
  /// Why the chip started.
  package var resetReason = ResetReason.powerOn
  /// What survives a restart, as power-on leaves it; empty where there is none.
  package var retainedBytes = [UInt8](repeating: 0xA5, count: 64)
  /// The IP address; empty while no interface is up, nil on a channel without addresses.
  package var address: String?
  /// When the runtime wants its `tick`, in milliseconds after it said so; 0: never.
  package private(set) var scheduled: UInt32 = 0
  /// How often the pulse is to be felt, in milliseconds; 0: not at all.
  package private(set) var watched: UInt32 = 0
  /// How the application is doing.
  package var pulse = Pulse()
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

  package var hasRetainedBytes: Bool { !retainedBytes.isEmpty }
  package func retained(_ index: Int) -> UInt8 { retainedBytes[index] }
  package func setRetained(_ index: Int, to value: UInt8) { retainedBytes[index] = value }

  package func address(_ text: inout InlineArray<48, UInt8>) -> Int? {
    guard let address else { return nil }
    for (index, byte) in address.utf8.enumerated() { text[index] = byte }
    return address.utf8.count
  }

  package func schedule(milliseconds: UInt32) { scheduled = milliseconds }
  package func watch(milliseconds: UInt32) { watched = milliseconds }

  /// Forgets what a restart forgets.
  package func restart(_ reason: ResetReason) {
    resetReason = reason
    time = 0
    scheduled = 0
    watched = 0
    pulse = Pulse()
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
