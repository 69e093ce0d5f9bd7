import SystemPackage
import Testing

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// One module of the soak test, as it was built.
struct SoakVariant: Sendable {
  /// What it answers.
  var number: Int
  var image: [UInt8]
  /// Build-ID, 64 hex digits.
  var id: String
}

/// The modules that a soak test alternates between.
struct SoakVariants: Sendable {
  /// Those that run, of several sizes; the first is what the flash holds in the beginning.
  var good: [SoakVariant] = []
  /// Says no to being loaded.
  var refusing: SoakVariant
  /// Traps when it is called.
  var crashing: SoakVariant

  /// Bytes of constants that the good ones carry along.
  private static let sizes = [16, 300, 1000, 4000, 20_000]

  /// Builds all of them; the first one last, so that a new flash holds it.
  init(_ project: FirmwareProject, on board: Board) async throws {
    refusing = try await Self.build(project, 90, size: 16, refusal: 7)
    crashing = try await Self.build(
      project, 91, size: 16, beforeAnswer: board.illegalInstruction.statement)
    for (index, size) in Self.sizes.enumerated().reversed() {
      good.insert(try await Self.build(project, index + 1, size: size), at: 0)
    }
  }

  private static func build(
    _ project: FirmwareProject, _ number: Int, size: Int, refusal: Int = 0,
    beforeAnswer: String = "((void)0)"
  ) async throws -> SoakVariant {
    try project.write(
      """
      #define SOAK_VARIANT \(number)
      #define SOAK_SIZE \(size)
      #define SOAK_REFUSAL \(refusal)
      #define SOAK_BEFORE_ANSWER \(beforeAnswer)

      """, to: "include/variant.h")
    struct Summary: Decodable {
      struct Module: Decodable { var id: String }
      var modules: [Module]
    }
    let result = try await Tool.run("build", "--plan", project.plan.string, "--json")
    try #require(result.exitCode == 0, "\(result)")
    let summary = try JSONDecoder().decode(Summary.self, from: Data(result.output.utf8))
    return SoakVariant(
      number: number, image: try FirmwareProject.bytes(of: project.image(of: "variant")),
      id: try #require(summary.modules.first).id)
  }
}

/// A line of the soak test's firmware: `soak: reload 0 answer 3 count 17 memory 400 heap 1200`.
struct SoakLine: Equatable, Sendable {
  /// `start` or `reload`.
  var event: String
  /// What hotreload_reload() returned.
  var error: UInt32
  /// Number of the variant that runs.
  var answer: Int
  /// The kept counter.
  var count: Int
  /// Bytes in use for modules and their images.
  var memory: Int
  /// Bytes in use by malloc().
  var heap: Int

  init?(_ text: String) {
    let pattern =
      /.*soak: (\w+) (?:0x)?([0-9a-f]+) answer (\d+) count (\d+) memory (\d+) heap (\d+)\r?/
    guard let match = text.wholeMatch(of: pattern), let error = UInt32(match.2, radix: 16),
      let answer = Int(match.3), let count = Int(match.4), let memory = Int(match.5),
      let heap = Int(match.6)
    else { return nil }
    event = String(match.1)
    self.error = error
    self.answer = answer
    self.count = count
    self.memory = memory
    self.heap = heap
  }
}
