import Measurements
import Synchronization
import SystemPackage
import Testing

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// The firmware of Benchmarks/, in a QEMU that counts instructions.
enum CountingFirmware {
  private static let seed: UInt64 = 7
  private static let runs = Mutex<[String: Task<Counts, any Error>]>([:])

  /// What `Workload.regression` takes on a board; counted once a run.
  static func counts(on board: Board) async throws -> Counts {
    let task = runs.withLock { runs in
      if let task = runs[board.name] { return task }
      let task = Task { try await run(.regression, on: board) }
      runs[board.name] = task
      return task
    }
    return try await task.value
  }

  private static func run(_ workload: Workload, on board: Board) async throws -> Counts {
    let project = try await FirmwareProject.shared(
      "bench",
      {
        FirmwareProject.Template(
          folder: Repository.root.pushing("Benchmarks/Firmware"), firmware: "bench")
      }, on: board)
    func identity(of module: String) throws -> ModuleIdentity {
      try #require(ModuleIdentity(of: FirmwareProject.bytes(of: project.image(of: module))))
    }
    let (short, long) = try (identity(of: "short"), identity(of: "long"))

    let folder = try project.scratchFile("board")
    try FileManager.default.createDirectory(
      atPath: folder.string, withIntermediateDirectories: true)
    let requests = folder.appending("requests.bin")
    try Data(
      CountingBoard.requests(for: workload.images(for: { $0 ? long : short }, seed: seed))
    )
    .write(to: URL(filePath: requests.string))
    let text = try String(
      contentsOfFile: board.folder.appending("board.toml").string, encoding: .utf8)
    try #require(CountingBoard.descriptor(text, requests: requests.string))
      .write(toFile: folder.appending("board.toml").string, atomically: true, encoding: .utf8)

    let result = try await Tool.run(
      "run", "--board", folder.string, "--plan", project.plan.string)
    let counts = try #require(Counts(console: result.output), "seed \(seed): \(result)")
    try #require(counts.loads.count == workload.loads.count, "seed \(seed): \(result)")
    return counts
  }
}
