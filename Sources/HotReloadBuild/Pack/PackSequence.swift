import SystemPackage

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// The sequence numbers of one module: milliseconds since 1970, yet never the same twice and never less
/// than before, whatever the clock does.
struct PackSequence {
  /// Keeps the last number, in decimal.
  let file: FilePath

  /// The next number. It is used up once it is recorded.
  func next(now: UInt64 = Self.now) throws(BuildFailure) -> UInt64 {
    guard let bytes = try FileContents.readIfPresent(file) else { return now }
    let text = String(decoding: bytes, as: UTF8.self).prefix { $0.isNumber }
    guard let last = UInt64(text), last < .max else { return now }
    return max(now, last + 1)
  }

  func record(_ sequence: UInt64) throws(BuildFailure) {
    try FileContents.write(Array("\(sequence)\n".utf8), to: file)
  }

  private static var now: UInt64 { UInt64(max(Date().timeIntervalSince1970, 0) * 1000) }
}
