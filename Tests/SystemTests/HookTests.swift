import SystemPackage
import Testing

extension SystemTests {
  /// Modules with several hooks, on the virtual chip.
  @Suite struct HookTests {
    private static let constructed = "+ constructor, busy 1:" + String(repeating: " 103", count: 10)
    private static let destroyed = ["- destructor", "- atexit by the destructor"]

    private static func told(_ event: String, _ reason: Int) -> [String] {
      ["= first \(event) \(reason)", "= second \(event) \(reason)"]
    }

    @Test(arguments: Board.all)
    func hooksOfTwoFilesComeInOrderAndAreAllUndone(on board: Board) async throws {
      let project = try await FirmwareProject.other(on: board)
      try project.write(
        fixturesOf: "Firmware",
        as: [
          "hooks.c": FirmwareProject.mainSource, "hooks_module.c": FirmwareProject.moduleSource,
          "hooks_second.c": "components/reloadable/second.c",
          "hooks.h": "components/reloadable/include/hooks.h",
        ])
      try project.edit(
        FirmwareProject.buildFile, replacing: "SOURCES components/reloadable/reloadable.c",
        with: "SOURCES components/reloadable/reloadable.c components/reloadable/second.c")
      try await project.build()
      let result = try await Tool.run("run", "--plan", project.plan.string)
      #expect(result.exitCode == 0, "\(result)")
      let printed = result.output.split(whereSeparator: \.isNewline).map(String.init)
        .filter { $0.hasPrefix("+ ") || $0.hasPrefix("- ") || $0.hasPrefix("= ") }
      let loaded = [Self.constructed] + Self.told("load", 0) + ["= load 0x0", "= run, busy 0"]
      let refused =
        Self.told("unload", 1).reversed() + [Self.constructed] + Self.told("load", 1)
        + Self.told("unload", 1).reversed() + Self.destroyed
      let restored = Self.told("load", 2) + ["= reload 0xffffffff", "= run, busy 0"]
      let unloaded = Self.told("unload", 0).reversed() + Self.destroyed + ["= unload 0x0"]
      #expect(printed == loaded + refused + restored + unloaded)
    }
  }
}
