/// What the runtime remembers of modules on trial (docs/TRIAL.md).
struct Trial {
  /// Milliseconds between two looks at how it goes.
  static let period: UInt32 = 100
  /// Microseconds after which an application that never comes to a safe point is trusted.
  static let duration: UInt64 = 10_000_000
  /// How often an image may begin to run without being confirmed.
  static let attempts = 3

  /// The images that have begun to run since the start: bit 2n + s stands for slot s of symbol table n.
  var begun: UInt32 = 0
  /// Microseconds since boot when the last one began.
  var start: UInt64 = 0
  /// How the time before the start ended; nil until it is asked for, or if it did not crash.
  var crash: CrashNote?
  /// Whether it was asked for.
  var isCrashKnown = false
  /// Whether this firmware is crashing, and has left its note.
  var isCrashNoted = false
}
