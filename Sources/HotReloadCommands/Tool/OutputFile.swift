import SystemPackage

#if canImport(Darwin)
  import Darwin
#elseif canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// Files that a command makes.
enum OutputFile {
  /// Replaces the file in one step: readers see the old content or the new, never a part.
  static func write(_ bytes: [UInt8], to path: FilePath) throws(CommandFailure) {
    let temporary = FilePath("\(path).\(getpid()).tmp")
    do {
      let file = try FileDescriptor.open(
        temporary, .writeOnly, options: [.create, .truncate, .closeOnExec],
        permissions: FilePermissions(rawValue: 0o644))
      try file.closeAfter { _ = try file.writeAll(bytes) }
      // Safety: both strings are NUL-terminated for the duration of the call.
      let result = unsafe temporary.withPlatformString { old in
        unsafe path.withPlatformString { new in unsafe rename(old, new) }
      }
      guard result == 0 else { throw Errno(rawValue: errno) }
    } catch {
      remove(temporary)
      throw CommandFailure(.failure, "\(path) cannot be written: \(error)")
    }
  }

  /// Writes unless the file has this very content.
  static func writeIfChanged(_ bytes: [UInt8], to path: FilePath) throws(CommandFailure) {
    if try InputFile.readIfPresent(path) != bytes { try write(bytes, to: path) }
  }

  /// Removes a file; one that is not there is no error.
  static func remove(_ path: FilePath) {
    // Safety: the string is NUL-terminated for the duration of the call.
    _ = unsafe path.withPlatformString { unsafe unlink($0) }
  }
}
