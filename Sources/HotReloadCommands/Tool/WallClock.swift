#if canImport(Darwin)
  import Darwin
#elseif canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// The time of day.
enum WallClock {
  /// Milliseconds since 1970.
  static var milliseconds: UInt64 {
    var time = timespec()
    // Safety: clock_gettime(2) writes one timespec.
    guard unsafe clock_gettime(CLOCK_REALTIME, &time) == 0 else { return 0 }
    return UInt64(max(time.tv_sec, 0)) * 1000 + UInt64(max(time.tv_nsec, 0)) / 1_000_000
  }
}
