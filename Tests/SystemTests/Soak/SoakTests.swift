import SystemPackage
import TestImages
import Testing

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

extension ModuleTests {
  /// A few reloads of each board with everything that may go wrong (docs/RELIABILITY.md).
  @Suite struct SoakTests {
    @Test(arguments: Board.all)
    func everyAnswerIsRightAndNoByteIsLost(on board: Board) async throws {
      try await soak(board, reloads: 60, seed: 1)
    }
  }
}

/// `make soak`: the same for as many reloads as HOTRELOAD_SOAK says, by the seed HOTRELOAD_SOAK_SEED or any, on the
/// boards that HOTRELOAD_SOAK_BOARDS names or all.
@Suite(
  .serialized, .timeLimit(.minutes(24 * 60)),
  .enabled(if: ProcessInfo.processInfo.environment["HOTRELOAD_SOAK"] != nil, "make soak runs it"))
struct LongSoakTests {
  private static let boards = {
    let names = ProcessInfo.processInfo.environment["HOTRELOAD_SOAK_BOARDS"]?.split(separator: " ")
    return Board.all.filter { names?.contains(Substring($0.name)) ?? true }
  }()

  @Test(arguments: boards)
  func everyAnswerIsRightAndNoByteIsLost(on board: Board) async throws {
    let environment = ProcessInfo.processInfo.environment
    let seed = environment["HOTRELOAD_SOAK_SEED"].flatMap { UInt64($0) }
    let reloads = try #require(environment["HOTRELOAD_SOAK"].flatMap { Int($0) })
    try await soak(board, reloads: reloads, seed: seed ?? .random(in: 1...999_999))
  }
}

/// Reloads a board again and again; power cuts end one emulator and start the next one on the same flash.
private func soak(_ board: Board, reloads: Int, seed: UInt64) async throws {
  let project = try await FirmwareProject.shared(
    "soak", { .fixture("Soak", firmware: "soak") }, on: board)
  let variants = try await SoakVariants(project, on: board)
  let soak = Soak(
    project, variants, reloads: reloads, seed: seed, name: "\(board.name), seed \(seed)")
  let flash = try project.scratchFile("soak.flash")
  while await !soak.isDone {
    try await VirtualDevice.run(project, flash: flash) { device in
      try await soak.session(on: device)
    }
  }
  print("soak \(await soak.summary)")
}
