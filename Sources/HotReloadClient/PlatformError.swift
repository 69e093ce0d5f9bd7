import SystemPackage

/// The operating system's words for its error numbers.
enum PlatformError {
  static func text(_ code: CInt) -> String { Errno(rawValue: code).description }
}
