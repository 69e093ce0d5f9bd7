import TestImages

/// What a module is made of that is loaded to see what that costs.
package struct LoadShape: Hashable, Sendable, CustomStringConvertible {
  /// Of data and code together; more than `fixups` need.
  package var bytes: Int
  /// Words that get a bias.
  package var fixups: Int

  package init(bytes: Int, fixups: Int) {
    self.bytes = bytes
    self.fixups = fixups
  }

  package var description: String { "\(bytes) bytes, \(fixups) fixups" }

  /// Bytes of memory that a fixup takes with what lies between it and the next, on average.
  static let bytesPerFixup = 8

  /// Whether so many fixups find room in so many bytes, beside the exports.
  package var isPossible: Bool { fixups * (Self.bytesPerFixup + 1) + 384 <= bytes }

  /// The shapes of a curve: sizes with each number of fixups that fits.
  package static func grid(bytes: [Int], fixups: [Int]) -> [LoadShape] {
    bytes.flatMap { bytes in fixups.map { LoadShape(bytes: bytes, fixups: $0) } }
      .filter(\.isPossible)
  }

  /// 1 KiB to 1 MiB, 10 to 100,000 fixups.
  package static let all = grid(
    bytes: [1, 4, 16, 64, 256, 1024].map { $0 << 10 }, fixups: [10, 100, 1000, 10_000, 100_000])

  /// Enough of them to see a line, small enough for a test.
  package static let few = grid(
    bytes: [1 << 10, 16 << 10, 128 << 10], fixups: [10, 100, 1000, 10_000])
}
