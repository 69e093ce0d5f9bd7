import SystemPackage

/// Files cannot be watched.
public enum WatchError: Error, Equatable, Sendable {
  /// The system gives no more watches (Linux: `fs.inotify.max_user_watches`, `max_user_instances`).
  case limitReached
  /// The system refused.
  case failed(Errno)
}
