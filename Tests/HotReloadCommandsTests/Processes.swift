#if canImport(Darwin)
  import Darwin
#elseif canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// Processes by number.
enum Processes {
  /// Whether there is no process of this number.
  static func isGone(_ number: Int32) -> Bool { kill(number, 0) == -1 && errno == ESRCH }
}
