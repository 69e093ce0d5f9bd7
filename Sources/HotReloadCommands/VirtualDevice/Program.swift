import SystemPackage

#if canImport(Darwin)
  import Darwin
#elseif canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// Programs of this computer.
enum Program {
  /// Where a program is: as named if it has a slash, else in `PATH`.
  static func find(_ name: String, in context: Context) -> FilePath? {
    if name.contains("/") {
      let path = context.resolve(name)
      return isExecutable(path) ? path : nil
    }
    for folder in (context.environment["PATH"] ?? "").split(separator: ":") {
      let path = context.resolve(String(folder)).appending(name)
      if isExecutable(path) { return path }
    }
    return nil
  }

  private static func isExecutable(_ path: FilePath) -> Bool {
    guard let status = try? path.stat(), status.type == .regular else { return false }
    // Safety: the string is NUL-terminated for the duration of the call.
    return unsafe path.withPlatformString { unsafe access($0, X_OK) } == 0
  }
}
