import SystemPackage
import Testing

extension SystemTests {
  /// What the runtime takes of the firmware of Examples/basic, by scripts/code-size.sh.
  @Suite struct CodeSizeTests {
    /// Bytes for loader, store and server together, at most: about one percent more than they take, so that growth is seen.
    /// The goals are 18 and 20 KiB; docs/XTENSA.md has the figures.
    static let budgets = [(Board.riscv32, 18_816), (Board.xtensa, 20_336)]

    @Test("loader, store and server stay within their budget", arguments: budgets)
    func budget(on board: Board, _ budget: Int) async throws {
      let project = try await FirmwareProject.basic(on: board)
      let sizes = try await ChildProcess.run([
        Repository.root.pushing("scripts/code-size.sh").string,
        project.buildFolder.appending("basic.map").string,
      ])
      try #require(sizes.exitCode == 0, "\(sizes)")
      let line = try #require(
        sizes.output.firstMatch(of: /(\d+)  loader, store and server\n/), "\(sizes)")
      let size = try #require(Int(line.1))
      #expect(size > 0, "\(sizes)")
      #expect(size <= budget, "\(sizes)")
    }
  }
}
