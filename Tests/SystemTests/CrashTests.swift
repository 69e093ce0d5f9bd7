import SystemPackage
import Testing

extension SystemTests {
  /// Firmware that goes wrong: the console says why, and `hotreload run` passes QEMU's exit status on.
  @Suite struct CrashTests {
    private func run(_ project: FirmwareProject) async throws -> ChildProcess.Result {
      try await Tool.run("run", "--plan", project.plan.string)
    }

    @Test(arguments: Board.all)
    func aCallThroughAnEmptySlotNamesTheFunction(on board: Board) async throws {
      let project = try await FirmwareProject.other(on: board)
      try project.edit(
        FirmwareProject.mainSource, replacing: "        reloadable_init();\n\n",
        with:
          "        reloadable_init();\n    ESP_ERROR_CHECK(hotreload_unload());\n    reloadable_hello(\"nobody\");\n"
      )
      try await project.build()
      let result = try await run(project)
      #expect(result.exitCode == 102, "BOARD_STATUS_EMPTY_SLOT: \(result)")
      #expect(result.output.contains("reloadable_hello"), "\(result)")
    }

    @Test func aKilledToolLeavesNoEmulator() async throws {
      let project = try await FirmwareProject.basic()
      _ = try await ChildProcess.running(
        [Repository.tool.string, "run", "--plan", project.plan.string]
      ) { program in
        try await program.output.line(containing: "Hello, World")
        try await ChildProcess.succeed(["kill", "-KILL", "\(program.number)"])
        // QEMU has the tool's standard error: it ends when both are gone.
        try await program.errors.waitForEnd(within: .seconds(20))
      }
    }

    @Test(arguments: Board.all)
    func aTrapInAModulePrintsTheRegisters(on board: Board) async throws {
      let project = try await FirmwareProject.other(on: board)
      try project.edit(
        FirmwareProject.moduleSource, replacing: "hello_count = 0;",
        with: "hello_count = 0; \(board.illegalInstruction.statement)")
      try await project.build()
      let result = try await run(project)
      #expect(result.exitCode == 100, "BOARD_STATUS_TRAP: \(result)")
      for text in board.illegalInstruction.report {
        #expect(result.output.contains(text), "\(result)")
      }
    }
  }
}
