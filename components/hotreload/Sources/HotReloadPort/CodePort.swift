/// What a module's lifecycle function is asked for (`HOTRELOAD_EVENT_…` in hotreload_module.h).
public enum LifecycleEvent: UInt32, Sendable {
  /// Run the constructors.
  case construct = 0
  /// Begin to run, for a `LoadReason`. The answer is 0, or what a function of the module refused with.
  case load = 1
  /// Let go, for an `UnloadReason`.
  case unload = 2
  /// Run the destructors, last first.
  case destruct = 4
}

/// Why a module begins to run (`hotreload_load_reason_t` in hotreload_module.h).
public enum LoadReason: UInt32, Sendable {
  /// Nothing ran before it.
  case first = 0
  /// It replaces another module.
  case replacement = 1
  /// What should have replaced it failed.
  case restored = 2
}

/// Why a module stops to run (`hotreload_unload_reason_t` in hotreload_module.h).
public enum UnloadReason: UInt32, Sendable {
  /// Nothing follows.
  case final = 0
  /// Another module is about to take its place.
  case replacement = 1
}

/// A kept variable whose size or layout has changed (`hotreload_migration_t` in hotreload_module.h). Addresses are
/// those of the data bus.
public struct Migration: Equatable, Sendable {
  /// Where the new module has it.
  public var variable: UInt32
  /// Bytes of it.
  public var size: UInt32
  /// Where the old module has it.
  public var oldValue: UInt32
  /// Bytes of that.
  public var oldSize: UInt32

  /// The change of one variable.
  public init(variable: UInt32, size: UInt32, oldValue: UInt32, oldSize: UInt32) {
    self.variable = variable
    self.size = size
    self.oldValue = oldValue
    self.oldSize = oldSize
  }
}

/// Calls into the code of a module: into its lifecycle function, at an address on the instruction bus.
public protocol CodePort {
  /// Asks for `event`; `argument` is the reason's number, 0 for an event without one. Returns the answer, which
  /// means something for `load` only.
  mutating func call(_ lifecycle: UInt32, _ event: LifecycleEvent, _ argument: UInt32) -> Int32

  /// Asks the module to make a new value of an old one. Returns whether it did.
  mutating func migrate(_ lifecycle: UInt32, _ migration: Migration) -> Bool
}
