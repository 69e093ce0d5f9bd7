import SystemPackage
import Testing

extension SystemTests {
  /// What the virtual chips have on their stacks (FEATURES B21).
  @Suite struct StackTests {
    @Test(arguments: Board.all)
    func aModuleStaysWhileItIsOnTheStackAndTrapsWhenItIsGone(on board: Board) async throws {
      let project = try await FirmwareProject.other(on: board)
      try project.write(
        fixturesOf: "Firmware",
        as: [
          "safe_point.c": FirmwareProject.mainSource,
          "safe_point_module.c": FirmwareProject.moduleSource,
          "safe_point.h": "components/reloadable/include/safe_point.h",
        ])
      try await project.build()
      let result = try await Tool.run("run", "--plan", project.plan.string)
      let lines = result.output.split(whereSeparator: \.isNewline).map(String.init)
      let inside = ["= inside, near: 103", "= inside, far: 103"]  // ESP_ERR_INVALID_STATE
      #expect(
        lines.filter { $0.hasPrefix("= ") } == ["= load 0", "= callback, calls 0"]
          + inside + inside + inside + ["= inside, direct: 103"]
          + ["= outside: 0", "= stale word: 1", "= callback, calls 0"], "\(result)")
      let refusals = lines.filter { $0.contains("hotreload: task main is inside ") }
      #expect(refusals.count == 7, "\(result)")
      #expect(refusals.prefix(6).allSatisfy { $0.contains("inside ask_from_module+0x") })
      #expect(refusals.last?.contains("inside unload_from_module+0x") == true)
      #expect(result.exitCode == 100, "BOARD_STATUS_TRAP: \(result)")
      #expect(result.output.contains(board.illegalInstruction.report[0]), "\(result)")
    }
  }
}
