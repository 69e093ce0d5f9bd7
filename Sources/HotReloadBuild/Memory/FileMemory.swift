import Synchronization
import SystemPackage

/// What was read from files, for as long as they stay the same.
final class FileMemory<Value: Sendable>: Sendable {
  private let known = Mutex<[FilePath: (status: FileStatus, value: Value)]>([:])

  /// What `make` made of the file, now or before: again only if its time of change or its size is another.
  ///
  /// - Throws: what `make` throws; nothing is kept then.
  func value(
    of path: FilePath, _ make: () throws(BuildFailure) -> Value
  ) throws(BuildFailure) -> Value {
    let status = FileStatus(path)
    if let entry = known.withLock({ $0[path] }), entry.status == status { return entry.value }
    let value = try make()
    known.withLock { known in
      // Changed while it was read: whose content that is nobody knows.
      known[path] = FileStatus(path) == status ? status.map { ($0, value) } : nil
    }
    return value
  }
}
