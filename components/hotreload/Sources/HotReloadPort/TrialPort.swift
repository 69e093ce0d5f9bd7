/// What a module on trial needs of the device.
public protocol TrialPort {
  /// Has `Runtime.tick` called once, `milliseconds` from now or a little later, where the flash may be written; 0: never.
  /// Replaces what was asked for before.
  mutating func schedule(milliseconds: UInt32)
  /// Has `pulse` asked every `milliseconds` from now on whether the application hangs, even while it does; 0: no more.
  mutating func watch(milliseconds: UInt32)
  /// How the application is doing.
  var pulse: Pulse { get set }
}
