#if os(Linux)
  @unsafe @preconcurrency import Dispatch  // Sources are safe to share; the overlay does not say so.
  import Glibc
  import Synchronization
  import SystemPackage

  /// inotify(7) on the folders of the listed files and, for their own fate only, on the folders above.
  final class FileEvents: Sendable {
    private struct State: ~Copyable {
      var files = WatchedFiles()
      /// Kernel's watch descriptors and the paths that they were asked for.
      var paths: [Int32: Set<FilePath>] = [:]
      var descriptors: [FilePath: Int32] = [:]
      var isClosed = false
    }

    /// What matters in a folder with listed files: complete writes, and names that come and go.
    private static let entries = UInt32(
      IN_CLOSE_WRITE | IN_CREATE | IN_DELETE | IN_MOVED_FROM | IN_MOVED_TO)
    /// Those after which nobody writes to the file any more.
    private static let completions = UInt32(IN_CLOSE_WRITE | IN_MOVED_TO)
    /// What matters in the folder where a missing one may appear.
    private static let arrivals = UInt32(IN_CREATE | IN_MOVED_TO)
    /// The folder itself goes.
    private static let departure = UInt32(IN_DELETE_SELF | IN_MOVE_SELF)

    private let inotify: FileDescriptor
    private let source: any DispatchSourceRead
    private let state = Mutex(State())
    private let report: @Sendable (FileChange) -> Void

    init(_ report: @escaping @Sendable (FileChange) -> Void) throws(WatchError) {
      let descriptor = inotify_init1(Int32(IN_NONBLOCK | IN_CLOEXEC))
      guard descriptor >= 0 else { throw Self.error() }
      inotify = FileDescriptor(rawValue: descriptor)
      self.report = report
      source = DispatchSource.makeReadSource(
        fileDescriptor: descriptor, queue: DispatchQueue(label: "hotreload.watch"))
      source.setEventHandler { [weak self] in self?.receive() }
      source.setCancelHandler { Glibc.close(descriptor) }
      source.activate()
    }

    func watch(_ files: Set<FilePath>) throws(WatchError) {
      try state.withLock { (state: inout State) throws(WatchError) in
        guard !state.isClosed else { return }
        state.files = WatchedFiles(files)
        _ = try arm(&state)
      }
    }

    func close() {
      state.withLock { state in
        guard !state.isClosed else { return }
        state.isClosed = true
        source.cancel()
      }
    }

    private static func error() -> WatchError {
      errno == ENOSPC || errno == EMFILE ? .limitReached : .failed(Errno(rawValue: errno))
    }

    // MARK: - Watches

    /// Asks for what the listed files need, gives back what they do not, and returns the folders that are
    /// watched anew.
    ///
    /// A folder may appear between the look and the watch on its parent: hence again until nothing is new.
    private func arm(_ state: inout State) throws(WatchError) -> Set<FilePath> {
      var fresh: Set<FilePath> = []
      var failure: WatchError?
      while true {
        let wanted = Self.wanted(state.files.folders)
        for path in state.descriptors.keys where wanted[path] == nil { forget(path, &state) }
        for (path, mask) in wanted {
          do throws(WatchError) {
            if try add(path, mask, &state), mask & Self.entries == Self.entries {
              fresh.insert(path)
            }
          } catch {
            failure = error
          }
        }
        if Self.wanted(state.files.folders) == wanted { break }
      }
      if let failure { throw failure }
      return fresh
    }

    /// The folders to watch and for what.
    private static func wanted(_ folders: Set<FilePath>) -> [FilePath: UInt32] {
      var wanted: [FilePath: UInt32] = [:]
      for folder in folders {
        var path = folder
        var isMissing = !path.exists
        if !isMissing { wanted[path, default: 0] |= entries | departure }
        while path.removeLastComponent() {
          guard path.exists else { continue }
          wanted[path, default: 0] |= departure | (isMissing ? arrivals : 0)
          isMissing = false
        }
      }
      return wanted
    }

    /// Whether the kernel's watch is a new one.
    private func add(
      _ path: FilePath, _ mask: UInt32, _ state: inout State
    ) throws(WatchError) -> Bool {
      // Two paths may lead to one folder: masks add up.
      // Safety: the string is NUL-terminated for the duration of the call.
      let descriptor = unsafe path.withPlatformString {
        unsafe inotify_add_watch(
          inotify.rawValue, $0, mask | UInt32(IN_MASK_ADD) | UInt32(IN_ONLYDIR))
      }
      guard descriptor >= 0 else {
        // Gone again, or above what we may read: nothing that could be watched there.
        if [ENOENT, ENOTDIR, EACCES, EPERM].contains(errno) { return false }
        throw Self.error()
      }
      if state.descriptors[path] == descriptor { return false }
      forget(path, &state)
      state.descriptors[path] = descriptor
      state.paths[descriptor, default: []].insert(path)
      return true
    }

    private func forget(_ path: FilePath, _ state: inout State) {
      guard let descriptor = state.descriptors.removeValue(forKey: path) else { return }
      state.paths[descriptor]?.remove(path)
      guard state.paths[descriptor]?.isEmpty == true else { return }
      state.paths[descriptor] = nil
      // The kernel may have dropped it already, with the folder.
      _ = inotify_rm_watch(inotify.rawValue, descriptor)
    }

    // MARK: - Events

    private func receive() {
      let changes = state.withLock { state -> [FileChange] in
        guard !state.isClosed else { return [] }
        // Of several events of one file the last one says what has become of it.
        var changes: [FileChange] = []
        var gone: Set<FilePath> = []
        var mayHaveAppeared = false
        while let events = read() {
          for event in events {
            if event.mask & UInt32(IN_Q_OVERFLOW) != 0 {
              gone.insert("/")
              continue
            }
            let paths = state.paths[event.descriptor] ?? []
            if event.mask & (Self.departure | UInt32(IN_IGNORED)) != 0 {
              gone.formUnion(paths)
            } else {
              mayHaveAppeared = mayHaveAppeared || event.mask & UInt32(IN_ISDIR) != 0
              guard event.mask & UInt32(IN_ISDIR) == 0 else { continue }
              let isComplete = event.mask & Self.completions != 0
              for path in paths where state.files.folders.contains(path) {
                let new = state.files.changes(of: event.name, in: path, isComplete: isComplete)
                changes.removeAll { change in new.contains { $0.path == change.path } }
                changes += new
              }
            }
          }
        }
        if !gone.isEmpty || mayHaveAppeared {
          changes += follow(gone, &state)
        }
        return changes
      }
      for change in changes { report(change) }
    }

    /// Watches folders anew whose names mean other folders now; returns the listed files in them.
    private func follow(_ gone: Set<FilePath>, _ state: inout State) -> [FileChange] {
      for path in state.descriptors.keys where gone.contains(where: path.starts(with:)) {
        forget(path, &state)
      }
      var files = gone.reduce(into: Set<FilePath>()) { $0.formUnion(state.files.below($1)) }
      // What cannot be watched any more is reported as changed; there is nobody to throw to.
      let fresh = (try? arm(&state)) ?? state.files.folders
      for folder in fresh { files.formUnion(state.files.below(folder).filter(\.exists)) }
      return files.map { FileChange(path: $0, isListed: true) }
    }

    private struct Event {
      var descriptor: Int32
      var mask: UInt32
      var name: String
    }

    /// The next events, nil when there are none for now.
    private func read() -> [Event]? {
      // Safety: the kernel writes whole `inotify_event`s, each followed by `len` bytes of NUL-padded name;
      // every offset is checked against the count that read(2) returned.
      unsafe withUnsafeTemporaryAllocation(byteCount: 64 * 1024, alignment: 8) { buffer in
        guard let count = try? unsafe inotify.read(into: buffer), count > 0 else { return nil }
        let headerSize = MemoryLayout<inotify_event>.size
        var events: [Event] = []
        var offset = 0
        while offset + headerSize <= count {
          let header = unsafe buffer.loadUnaligned(fromByteOffset: offset, as: inotify_event.self)
          let start = offset + headerSize
          let end = start + Int(header.len)
          guard end <= count else { break }
          let name = unsafe buffer[start..<end].prefix { $0 != 0 }
          events.append(
            Event(
              descriptor: header.wd, mask: header.mask,
              name: unsafe String(decoding: name, as: UTF8.self)))
          offset = end
        }
        return events
      }
    }
  }
#endif
