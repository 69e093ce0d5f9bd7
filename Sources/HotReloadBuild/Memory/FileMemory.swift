import Synchronization
import SystemPackage

/// What was read from files, for as long as they stay the same.
final class FileMemory<Value: Sendable>: Sendable {
  private struct Key: Hashable {
    var path: FilePath
    var variant: String
  }

  private let known = Mutex<[Key: (status: FileStatus, value: Value)]>([:])

  /// What `make` made of the file, now or before: again only if its time of change or its size is another.
  ///
  /// - Parameter variant: what `make` depends on besides the file.
  /// - Throws: what `make` throws; nothing is kept then.
  func value(
    of path: FilePath, as variant: String = "", _ make: () throws(BuildFailure) -> Value
  ) throws(BuildFailure) -> Value {
    let status = FileStatus(path)
    let key = Key(path: path, variant: variant)
    if let entry = known.withLock({ $0[key] }), entry.status == status { return entry.value }
    let value = try make()
    known.withLock { known in
      // Changed while it was read: whose content that is nobody knows.
      known[key] = FileStatus(path) == status ? status.map { ($0, value) } : nil
    }
    return value
  }
}
