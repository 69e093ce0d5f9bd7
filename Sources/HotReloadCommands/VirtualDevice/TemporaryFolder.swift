import SystemPackage

#if canImport(Darwin)
  import Darwin
#elseif canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// A private folder for the time of a command.
struct TemporaryFolder: Sendable {
  let path: FilePath

  /// Below `TMPDIR`, or /tmp.
  init(in context: Context) throws(CommandFailure) {
    let parent = context.environment["TMPDIR"].flatMap { $0.isEmpty ? nil : $0 } ?? "/tmp"
    var template = Array(FilePath(parent).appending("hotreload-XXXXXX").string.utf8CString)
    // Safety: the template is NUL-terminated and ours; mkdtemp(3) overwrites it in place.
    let made = unsafe template.withUnsafeMutableBufferPointer { buffer -> FilePath? in
      guard let base = buffer.baseAddress, let name = unsafe mkdtemp(base) else { return nil }
      return unsafe FilePath(platformString: name)
    }
    guard let made else {
      throw CommandFailure(
        .failure, "no temporary folder can be made in \(parent): \(Errno(rawValue: errno))")
    }
    path = made
  }

  /// A file in it.
  func file(_ name: String) -> FilePath { path.appending(name) }

  /// Removes the folder with these files. Best effort: there is nobody left to tell.
  func remove(files: [String]) {
    for name in files { OutputFile.remove(file(name)) }
    // Safety: the string is NUL-terminated for the duration of the call.
    _ = unsafe path.withPlatformString { unsafe rmdir($0) }
  }
}
