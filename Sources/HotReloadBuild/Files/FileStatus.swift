import SystemPackage

#if canImport(Darwin)
  import Darwin
#elseif canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// What tells one version of a file from another without reading it.
struct FileStatus: Equatable, Sendable {
  /// Time of the last change, in nanoseconds since 1970.
  var modified: Int64
  /// Bytes.
  var size: Int64

  init(modified: Int64, size: Int64) {
    self.modified = modified
    self.size = size
  }

  /// Nil if there is no such file, or it cannot be looked at.
  init?(_ path: FilePath) {
    var status = stat()
    // Safety: the string is NUL-terminated for the duration of the call, `status` is written by it.
    let result = unsafe path.withPlatformString { unsafe stat($0, &status) }
    guard result == 0 else { return nil }
    #if canImport(Darwin)
      let time = status.st_mtimespec
    #else
      let time = status.st_mtim
    #endif
    modified = Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
    size = Int64(status.st_size)
  }
}
