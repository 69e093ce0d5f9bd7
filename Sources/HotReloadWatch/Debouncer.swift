/// Turns a burst of changes into one moment to act: when nothing changed for a while, but not later than a
/// bound after the first change.
///
/// Pure: time comes in, decisions go out.
///
/// ```
///         change                     quiet or bound reached
///  idle ──────────▶ waiting(until) ─────────────────────────▶ act, idle
///                      ▲      │ change: until = min(now + quiet, first + bound)
///                      └──────┘
/// ```
public struct Debouncer<Instant: InstantProtocol>: Sendable
where Instant.Duration == Duration {
  /// What to do now.
  public enum Decision: Equatable, Sendable {
    /// Nothing changed.
    case idle
    /// Ask again at this time.
    case wait(until: Instant)
    /// Act on what changed.
    case act
  }

  /// How long nothing may change before it is time to act.
  public let quiet: Duration
  /// How long changes may go on before it is time to act all the same.
  public let bound: Duration

  private var burst: (first: Instant, last: Instant)?

  /// - Parameters:
  ///   - quiet: zero acts at once.
  ///   - bound: at least `quiet`.
  public init(quiet: Duration = .milliseconds(50), bound: Duration = .milliseconds(500)) {
    self.quiet = max(quiet, .zero)
    self.bound = max(bound, self.quiet)
  }

  /// Something changed at `now`.
  public mutating func change(at now: Instant) -> Decision {
    burst = (burst?.first ?? now, now)
    return decide(at: now)
  }

  /// The clock shows `now`. `act` is said once for each burst.
  public mutating func decide(at now: Instant) -> Decision {
    guard let burst else { return .idle }
    let deadline = min(burst.last.advanced(by: quiet), burst.first.advanced(by: bound))
    if now < deadline { return .wait(until: deadline) }
    self.burst = nil
    return .act
  }
}
