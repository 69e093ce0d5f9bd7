/// Turns changes into moments to act: at once after one that is complete and comes alone; in a burst when nothing
/// changed for a while, but not later than a bound after the first change.
///
/// Pure: time comes in, decisions go out.
///
/// ```
///         change                       quiet or bound reached
///  idle ───────────▶ waiting(until) ─────────────────────────▶ act ──▶ idle
///   │                 ▲    │  │                                ▲
///   │                 └────┘  │ complete, alone                │
///   │                 change  └────────────────────────────────┤
///   └──────────────────────────────────────────────────────────┘
///                       complete, alone
/// ```
/// `until` is the earlier of last change + quiet and first change + bound; *alone* is a change before which nothing was acted
/// on for the quiet time.
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
  /// When it was last time to act.
  private var acted: Instant?

  /// - Parameters:
  ///   - quiet: zero acts at once.
  ///   - bound: at least `quiet`.
  public init(quiet: Duration = .milliseconds(50), bound: Duration = .milliseconds(500)) {
    self.quiet = max(quiet, .zero)
    self.bound = max(bound, self.quiet)
  }

  /// Something changed at `now`.
  ///
  /// - Parameter isComplete: whether the change is known to be over. Whoever changes several files is not done with the
  ///   first one: what follows within `quiet` belongs to the same burst.
  public mutating func change(at now: Instant, isComplete: Bool = false) -> Decision {
    burst = (burst?.first ?? now, now)
    guard isComplete, acted.map({ $0.advanced(by: quiet) <= now }) ?? true else {
      return decide(at: now)
    }
    return act(at: now)
  }

  /// The clock shows `now`. `act` is said once for each burst.
  public mutating func decide(at now: Instant) -> Decision {
    guard let burst else { return .idle }
    let deadline = min(burst.last.advanced(by: quiet), burst.first.advanced(by: bound))
    return now < deadline ? .wait(until: deadline) : act(at: now)
  }

  private mutating func act(at now: Instant) -> Decision {
    burst = nil
    acted = now
    return .act
  }
}
