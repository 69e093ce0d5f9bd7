import SystemPackage

#if canImport(Darwin)
  import Darwin
#elseif canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// One process at a time builds in a folder: `watch` and a firmware build may meet there.
enum FileLock {
  /// Waits until nobody else has the lock, and runs `body` while nobody else can have it.
  ///
  /// - Throws: `fileSystem`; `cancelled`; what `body` throws.
  static func holding<Value>(
    _ path: FilePath, _ body: () async throws(BuildFailure) -> Value
  ) async throws(BuildFailure) -> Value {
    try FileContents.createFolder(path.removingLastComponent())
    let file: FileDescriptor
    do {
      file = try FileDescriptor.open(
        path, .readWrite, options: [.create, .closeOnExec],
        permissions: FilePermissions(rawValue: 0o644))
    } catch {
      throw FileContents.failure("cannot open", path, error)
    }
    // Closing releases the lock; there is nothing to do about a failure.
    defer { try? file.close() }
    // A blocking flock(2) could not be cancelled.
    while flock(file.rawValue, LOCK_EX | LOCK_NB) != 0 {
      guard errno == EWOULDBLOCK || errno == EINTR else {
        throw FileContents.failure("cannot lock", path, Errno(rawValue: errno))
      }
      do { try await Task.sleep(for: .milliseconds(10)) } catch { throw .cancelled }
    }
    return try await body()
  }
}
