/// How the application is doing, for as long as a module is on trial: whether it comes to safe points, and whether a
/// function that the runtime called in a module returns.
///
/// Read and written without a lock, by any task and any interrupt, a few bytes at a time: what two of them write at once may be
/// counted once. Nothing is decided by a single count.
public struct Pulse: Sendable {
  /// How many safe points are enough to trust a module.
  public static var enough: UInt8 { 3 }

  /// Safe points since the trial began, no more than `enough` of them.
  public var safePoints: UInt8 = 0
  /// How often a function in a module was called or has returned: odd while one runs.
  private var calls: UInt32 = 0
  /// `calls` when it was last asked.
  private var callsBefore: UInt32 = 0
  private var polls = Polls.never

  /// What is known of the application's safe points.
  private enum Polls: UInt8 {
    /// It never came to one.
    case never
    /// It came to one since it was last asked.
    case alive
    /// It came to none since then.
    case overdue
  }

  /// Of an application that just started.
  public init() {}

  /// Whether a function runs that the runtime called in a module.
  public var isInside: Bool { calls & 1 != 0 }

  /// Whether the application ever came to a safe point.
  public var hasPolled: Bool { polls != .never }

  /// The application came to a safe point; what a module's own functions do is none.
  public mutating func poll() {
    guard !isInside else { return }
    polls = .alive
    if safePoints < Self.enough { safePoints &+= 1 }
  }

  /// The runtime calls a function in a module, or it has returned.
  public mutating func cross() { calls &+= 1 }

  /// Whether a whole period has passed, since this was last asked, without the return of such a function, or without
  /// a safe point of an application that used to come to one.
  public mutating func isHung() -> Bool {
    let isStuck = isInside && calls == callsBefore || polls == .overdue
    callsBefore = calls
    if polls == .alive { polls = .overdue }
    return isStuck
  }
}
