import HotReloadPort

/// The last failure, kept for `GET /status`.
public struct LoadFailure: Sendable {
  /// The module that failed; nil if its image has no readable manifest.
  public var module: BuildID?
  /// Why it was not loaded.
  public var error: RuntimeError
}
