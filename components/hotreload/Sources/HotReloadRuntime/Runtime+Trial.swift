import HotReloadPort

// A module that was stored and is not known to be good is on trial (docs/TRIAL.md).

extension Runtime {
  /// Confirms the modules on trial. Throws `store`.
  public mutating func confirm() throws(RuntimeError) {}

  /// Confirms the modules on trial that have proved to be good.
  public mutating func tick() {}
}
