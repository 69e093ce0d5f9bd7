import Measurements
import SystemPackage
import Testing

extension SystemTests {
  /// Sizes and instruction counts, beside those of Benchmarks/baseline.json.
  @Suite struct BaselineTests {
    /// What loader, store and server may take in all, in bytes, whatever they took before.
    private static let budgets = ["qemu-riscv32": 18 << 10, "qemu-xtensa": 20 << 10]

    private static let update = "UPDATE_BASELINE=1 make bench ONLY=\"load sizes\""

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
      let budget = try #require(Self.budgets[board.name])
      let taken = try #require(figures["bytes: loader, store and server"])
      #expect(taken <= budget)
      let baseline = try Figures.baseline(in: Repository.root.string)[board.name] ?? [:]
      for change in Change.all(from: baseline, to: figures) {
        if change.isRegression {
          Issue.record(
            "\(board.name): \(change); if it has to be: \(Self.update)")
        } else {
          print("\(board.name): \(change): \(Self.update) keeps it")
        }
      }
    }
  }
}
