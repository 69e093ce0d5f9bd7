#if canImport(Darwin)
  import Darwin
  @unsafe @preconcurrency import Dispatch  // Sources are safe to share; the overlay does not say so.
  import Synchronization
  import SystemPackage

  /// kqueue's vnode events on the listed files and their folders. They do not name the file: a look at
  /// every listed file finds what is different.
  final class FileEvents: Sendable {
    /// What tells one version of a file from another.
    private struct Version: Equatable {
      var file: UInt64
      var size: Int64
      var seconds: Int
      var nanoseconds: Int
    }

    private struct State: ~Copyable {
      var files = WatchedFiles()
      var versions: [FilePath: Version] = [:]
      var sources: [any DispatchSourceFileSystemObject] = []
      var isClosed = false
    }

    private let queue = DispatchQueue(label: "hotreload.watch")
    private let state = Mutex(State())
    private let report: @Sendable (FileChange) -> Void

    init(_ report: @escaping @Sendable (FileChange) -> Void) throws(WatchError) {
      self.report = report
    }

    func watch(_ files: Set<FilePath>) throws(WatchError) {
      state.withLock { state in
        guard !state.isClosed else { return }
        state.files = WatchedFiles(files)
        state.versions = Self.versions(state.files)
        arm(&state)
      }
    }

    func close() {
      state.withLock { state in
        state.isClosed = true
        for source in state.sources { source.cancel() }
        state.sources = []
      }
    }

    /// Watches every listed file, its folder, and the nearest folder that exists.
    private func arm(_ state: inout State) {
      for source in state.sources { source.cancel() }
      var paths = Set(state.files.listed.keys)
      for folder in state.files.folders {
        var path = folder
        while !path.exists, path.removeLastComponent() {}
        paths.insert(path)
      }
      state.sources = paths.compactMap { path in
        // Safety: the string is NUL-terminated for the duration of the call.
        let descriptor = unsafe path.withPlatformString { unsafe open($0, O_EVTONLY | O_CLOEXEC) }
        guard descriptor >= 0 else { return nil }
        let source = DispatchSource.makeFileSystemObjectSource(
          fileDescriptor: descriptor, eventMask: [.write, .extend, .delete, .rename, .revoke],
          queue: queue)
        source.setEventHandler { [weak self] in self?.receive() }
        source.setCancelHandler { Darwin.close(descriptor) }
        source.activate()
        return source
      }
    }

    private func receive() {
      let changed = state.withLock { state -> Set<FilePath> in
        guard !state.isClosed else { return [] }
        // Events between the look and the new sources are lost: look again after arming.
        arm(&state)
        let versions = Self.versions(state.files)
        let changed = state.files.all.filter { versions[$0] != state.versions[$0] }
        state.versions = versions
        return changed
      }
      for path in changed { report(FileChange(path: path, isListed: true)) }
    }

    private static func versions(_ files: WatchedFiles) -> [FilePath: Version] {
      files.all.reduce(into: [:]) { versions, path in
        guard let status = try? path.stat() else { return }
        versions[path] = Version(
          file: UInt64(status.rawValue.st_ino), size: Int64(status.rawValue.st_size),
          seconds: status.rawValue.st_mtimespec.tv_sec,
          nanoseconds: status.rawValue.st_mtimespec.tv_nsec)
      }
    }
  }
#endif
