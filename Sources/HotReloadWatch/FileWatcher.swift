import SystemPackage

/// Tells which files changed, by the system's own events.
///
/// Folders are watched rather than files, because editors save by renaming a new file over the old one; a
/// folder that is moved away, deleted and made again is followed by its name. Where the system lost
/// events, every listed file is reported.
public final class FileWatcher: Sendable {
  /// Changes in the order they happened; ends with `close()`. One consumer.
  public let changes: AsyncStream<FileChange>

  private let continuation: AsyncStream<FileChange>.Continuation
  private let events: FileEvents

  /// Watches nothing yet.
  public init() throws(WatchError) {
    let (stream, continuation) = AsyncStream.makeStream(of: FileChange.self)
    changes = stream
    self.continuation = continuation
    events = try FileEvents { continuation.yield($0) }
  }

  deinit {
    close()
  }

  /// Watches these files from now on, and no others. They need not exist. Relative paths are
  /// relative to nothing: make them absolute.
  ///
  /// - Throws: what could be watched is watched all the same.
  public func watch(_ files: Set<FilePath>) throws(WatchError) {
    try events.watch(Set(files.map { $0.lexicallyNormalized() }))
  }

  /// Ends `changes` and gives everything back.
  public func close() {
    events.close()
    continuation.finish()
  }
}
