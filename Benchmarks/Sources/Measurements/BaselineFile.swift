#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

extension Figures {
  /// Where the baseline is, from the root of the repository.
  package static let baselinePath = "Benchmarks/baseline.json"

  /// The baseline; empty if there is none.
  package static func baseline(in root: String) throws -> Baseline {
    let path = "\(root)/\(baselinePath)"
    guard FileManager.default.fileExists(atPath: path) else { return [:] }
    return try JSONDecoder().decode(Baseline.self, from: Data(contentsOf: URL(filePath: path)))
  }

  /// Replaces it.
  package static func write(_ baseline: Baseline, in root: String) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    try (encoder.encode(baseline) + Data("\n".utf8))
      .write(to: URL(filePath: "\(root)/\(baselinePath)"))
  }
}
