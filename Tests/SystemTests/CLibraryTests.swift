import SystemPackage
import Testing

extension ModuleTests {
  /// The board's C library does as ISO C says, called from firmware and from a module: printing, numbers, memory,
  /// setjmp().
  @Suite struct CLibraryTests {
    @Test(arguments: Board.all)
    func firmwareAndModuleFindNothingWrong(on board: Board) async throws {
      let project = try await FirmwareProject.shared(
        "c-library", { .fixture("CLibrary", firmware: "c-library") }, on: board)
      let result = try await Tool.run("run", "--plan", project.plan.string)
      #expect(result.exitCode == 0, "\(result)")
      #expect(
        result.output.hasSuffix("\nC library: 0 wrong in the firmware, 0 in the module\n"),
        "\(result)")
    }
  }
}
