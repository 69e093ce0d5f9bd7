public import SystemPackage

/// Builds the modules of one plan.
///
/// A firmware build runs `prepare` before it links the firmware and `build` after; `hotreload build`,
/// `reload` and `watch` run `build` alone. Both compile what is stale. Cancelling the task kills the
/// compiler that runs; no half-written file is left.
public struct ModuleBuilder: Sendable {
  let plan: BuildPlan
  let onEvent: @Sendable (BuildEvent) -> Void

  /// - Parameters:
  ///   - plan: checked already (`BuildPlan.init(contentsOf:)`).
  ///   - onEvent: told what is about to be done; called from any thread.
  public init(plan: BuildPlan, onEvent: @escaping @Sendable (BuildEvent) -> Void = { _ in }) {
    self.plan = plan
    self.onEvent = onEvent
  }

  /// Compiles the modules and writes what the firmware is linked with: stubs, tables, the imports to
  /// keep, key and chip. Files whose content would be the same are not touched.
  public func prepare() async throws(BuildFailure) -> BuildReport {
    BuildReport()
  }

  /// Compiles, links and packs the modules for the firmware that the plan names. An image that would
  /// differ only by its sequence is not touched.
  public func build() async throws(BuildFailure) -> BuildReport {
    BuildReport()
  }

  /// The sources of all modules and every file that their last compilation read: what `watch` watches.
  public func inputs() throws(BuildFailure) -> [FilePath] {
    []
  }
}
