#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Results for programs.
enum JSONText {
  /// Sorted keys; without a newline at the end.
  ///
  /// - Parameter isIndented: false for one line, as of several results in a row.
  static func encode(
    _ value: some Encodable, isIndented: Bool = true
  ) throws(CommandFailure) -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    if isIndented { encoder.outputFormatting.insert(.prettyPrinted) }
    do {
      return String(decoding: try encoder.encode(value), as: UTF8.self)
    } catch {
      throw CommandFailure(.failure, "the result cannot be written as JSON: \(error)")
    }
  }
}
