import Measurements
import SystemPackage
import Testing

extension SystemTests {
  /// Sizes and instruction counts, beside those of Benchmarks/baseline.json.
  @Suite struct BaselineTests {
    @Test(arguments: Board.all)
    func nothingBecomesLargerOrSlowerUnseen(on board: Board) async throws {
      let project = try await FirmwareProject.basic(on: board)
      let sizes = try await ChildProcess.succeed([
        Repository.root.pushing("scripts/code-size.sh").string,
        project.buildFolder.appending("basic.map").string,
      ])
      let image = try FirmwareProject.bytes(of: project.module).count
      let figures = try await Figures.sizes(sizes.output, image: image)
        .merging(Figures.instructions(CountingFirmware.counts(on: board))) { size, _ in size }
      let baseline = try Figures.baseline(in: Repository.root.string)[board.name] ?? [:]
      for change in Change.all(from: baseline, to: figures) {
        if change.isRegression {
          Issue.record(
            "\(board.name): \(change); if it has to be: UPDATE_BASELINE=1 make bench ONLY=load")
        } else {
          print("\(board.name): \(change): UPDATE_BASELINE=1 make bench ONLY=load keeps it")
        }
      }
    }
  }
}
