import SystemPackage
import Testing

extension SystemTests {
  /// hotreload.h from C, on the virtual chip: every error code, and calls through stubs of every signature.
  @Suite struct InterfaceTests {
    @Test(arguments: Board.all)
    func everyFunctionKeepsThePromisesOfItsComment(on board: Board) async throws {
      let project = try await FirmwareProject.other(on: board)
      try project.write(
        fixturesOf: "Firmware",
        as: [
          "interface.c": FirmwareProject.mainSource,
          "interface_module.c": FirmwareProject.moduleSource,
          "interface_second.c": "components/reloadable/second.c",
          "interface.h": "components/reloadable/include/interface.h",
        ])
      try project.edit(
        FirmwareProject.buildFile, replacing: "SOURCES components/reloadable/reloadable.c",
        with: "SOURCES components/reloadable/reloadable.c components/reloadable/second.c")
      try await project.build()
      let result = try await Tool.run("run", "--plan", project.plan.string)
      #expect(result.exitCode == 0, "\(result)")
      #expect(result.output.contains("listening on port 8080\n"), "of a zero field: \(result)")
      #expect(result.output.contains(/\n[5-9][0-9] checks held, 0 failed\n/), "\(result)")
    }
  }
}
