import SystemPackage

#if canImport(Darwin)
  import Darwin
#elseif canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// Whole files, read at once and replaced at once.
public enum FileContents {
  /// More than any firmware with its debug information has, in bytes: a wrong path does not fill the memory.
  static let maximumSize = 256 << 20

  /// The bytes of a regular file of at most 256 MiB. Folders, pipes and devices are refused, not waited for.
  ///
  /// - Throws: `fileSystem` naming the path.
  public static func read(_ path: FilePath) throws(BuildFailure) -> [UInt8] {
    do {
      // Opening a pipe that nobody writes would wait for a writer.
      let file = try FileDescriptor.open(path, .readOnly, options: [.closeOnExec, .nonBlocking])
      return try file.closeAfter { try read(file, path) }
    } catch let failure as BuildFailure {
      throw failure
    } catch {
      throw failure("cannot read", path, error)
    }
  }

  private static func read(_ file: FileDescriptor, _ path: FilePath) throws -> [UInt8] {
    let status = try file.stat()
    guard status.type == .regular else {
      let kind = status.type == .directory ? "it is a folder" : "it is no regular file"
      throw BuildFailure(.other, .fileSystem, "cannot read \(path): \(kind)")
    }
    guard status.size <= maximumSize else { throw tooLarge(path) }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(Int(status.size))
    var chunk = [UInt8](repeating: 0, count: min(max(Int(status.size), 4096), 1 << 20))
    while true {
      // Safety: the buffer is only written within its bounds, by read(2).
      let count = try unsafe chunk.withUnsafeMutableBytes { buffer in
        try unsafe file.read(into: buffer)
      }
      guard count > 0 else { return bytes }
      bytes += chunk[..<count]
      // It may grow while it is read.
      guard bytes.count <= maximumSize else { throw tooLarge(path) }
    }
  }

  private static func tooLarge(_ path: FilePath) -> BuildFailure {
    BuildFailure(
      .other, .fileSystem, "cannot read \(path): it has more than \(maximumSize >> 20) MiB")
  }

  /// Nil if there is no such file.
  static func readIfPresent(_ path: FilePath) throws(BuildFailure) -> [UInt8]? {
    guard FileStatus(path) != nil else { return nil }
    return try read(path)
  }

  /// Replaces the file in one step: readers see the old content or the new, never a part. Makes the folders above it.
  ///
  /// - Throws: `fileSystem` naming the path; the file is then as it was.
  static func write(
    _ bytes: [UInt8], to path: FilePath,
    permissions: FilePermissions = FilePermissions(rawValue: 0o644)
  ) throws(BuildFailure) {
    let temporary = try writeTemporary(for: path, permissions) { _ = try $0.writeAll(bytes) }
    do throws(BuildFailure) { try move(temporary, to: path) } catch {
      remove(temporary)
      throw error
    }
  }

  /// Makes a file in one step, unless there is one of this name: of two processes that do so at once, both find the same
  /// one. What a killed process left beside it goes.
  ///
  /// - Parameter fill: writes the content.
  /// - Throws: `fileSystem` naming the path; there is no file then.
  public static func create(
    _ path: FilePath, permissions: FilePermissions, _ fill: (FileDescriptor) throws -> Void
  ) throws(BuildFailure) {
    StaleTemporaries.remove(of: path)
    let temporary = try writeTemporary(for: path, permissions, fill)
    defer { remove(temporary) }
    // Unlike a rename, a link never replaces a file that another process has just made.
    // Safety: both strings are NUL-terminated for the duration of the call.
    let result = unsafe temporary.withPlatformString { temporary in
      unsafe path.withPlatformString { path in unsafe link(temporary, path) }
    }
    guard result == 0 || errno == EEXIST else {
      throw failure("cannot write", path, Errno(rawValue: errno))
    }
  }

  /// Writes the content of `path` to a new file beside it.
  private static func writeTemporary(
    for path: FilePath, _ permissions: FilePermissions, _ fill: (FileDescriptor) throws -> Void
  ) throws(BuildFailure) -> FilePath {
    if let status = try? path.stat(), status.type != .regular {
      // A folder is not replaced by a file, nor is /dev/null.
      let kind = status.type == .directory ? "it is a folder" : "it is no regular file"
      throw BuildFailure(.other, .fileSystem, "cannot write \(path): \(kind)")
    }
    try createFolder(path.removingLastComponent())
    let temporary = temporaryPath(for: path)
    // Never into what somebody else has put there: `permissions` are those of a new file only.
    remove(temporary)
    do {
      let file = try FileDescriptor.open(
        temporary, .writeOnly, options: [.create, .exclusiveCreate, .closeOnExec],
        permissions: permissions)
      try file.closeAfter { try fill(file) }
    } catch {
      remove(temporary)
      throw failure("cannot write", path, error)
    }
    return temporary
  }

  /// Writes unless the file has this very content. Returns whether it wrote.
  @discardableResult
  static func writeIfChanged(
    _ bytes: [UInt8], to path: FilePath,
    permissions: FilePermissions = FilePermissions(rawValue: 0o644)
  ) throws(BuildFailure) -> Bool {
    if try readIfPresent(path) == bytes { return false }
    try write(bytes, to: path, permissions: permissions)
    return true
  }

  /// A name beside `path` that no other process uses.
  static func temporaryPath(for path: FilePath) -> FilePath {
    FilePath("\(path).\(getpid()).tmp")
  }

  /// Renames a file; what was at `new` is replaced in one step.
  static func move(_ old: FilePath, to new: FilePath) throws(BuildFailure) {
    // Safety: both strings are NUL-terminated for the duration of the call.
    let result = unsafe old.withPlatformString { old in
      unsafe new.withPlatformString { new in unsafe rename(old, new) }
    }
    guard result == 0 else { throw failure("cannot write", new, Errno(rawValue: errno)) }
  }

  /// As `write`, for a file that no build folder is around: what a killed process left beside it goes, too.
  ///
  /// - Throws: as `write`.
  public static func replace(
    _ path: FilePath, with bytes: [UInt8],
    permissions: FilePermissions = FilePermissions(rawValue: 0o644)
  ) throws(BuildFailure) {
    StaleTemporaries.remove(of: path)
    try write(bytes, to: path, permissions: permissions)
  }

  /// Best effort: what cannot be removed stays; what is not there need not be.
  public static func remove(_ path: FilePath) {
    // Safety: the string is NUL-terminated for the duration of the call.
    _ = unsafe path.withPlatformString { unsafe unlink($0) }
  }

  /// Creates the folder and those above it.
  static func createFolder(_ path: FilePath) throws(BuildFailure) {
    guard !path.isEmpty, FileStatus(path) == nil else { return }
    try createFolder(path.removingLastComponent())
    // Safety: the string is NUL-terminated for the duration of the call.
    let result = unsafe path.withPlatformString { unsafe mkdir($0, 0o755) }
    guard result == 0 || errno == EEXIST else {
      throw failure("cannot create the folder", path, Errno(rawValue: errno))
    }
  }

  static func failure(_ what: String, _ path: FilePath, _ error: any Error) -> BuildFailure {
    BuildFailure(.other, .fileSystem, "\(what) \(path): \(error)", hint: hint(for: error))
  }

  /// What to do about what happens to the best of programs.
  private static func hint(for error: any Error) -> String? {
    switch error as? Errno {
    case .noSpace?, .diskQuotaExceeded?: "make room on that disk, then try again"
    case .fileTooLarge?: "this shell limits the size of files: ulimit -f"
    case .permissionDenied?, .notPermitted?, .readOnlyFileSystem?:
      "does it, or the folder that it is in, belong to somebody else?"
    default: nil
    }
  }
}
