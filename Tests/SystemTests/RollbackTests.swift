import HotReloadClient
import SystemPackage
import Testing

extension SystemTests {
  /// Modules on trial (docs/TRIAL.md): what goes wrong brings back the one before, and the tool says why.
  @Suite struct RollbackTests {
    /// Long enough to end QEMU while a module hangs, also on a busy machine.
    private static let timeout = "-DHOTRELOAD_TRIAL_TIMEOUT_MS=2000"

    private func project(on board: Board) async throws -> FirmwareProject {
      let project = try await FirmwareProject.shared(
        "rollback", { .example("basic") }, on: board, options: [Self.timeout])
      try await project.build()
      return project
    }

    /// One way to go wrong.
    struct Mistake: Sendable, CustomTestStringConvertible {
      var name: String
      /// Statements of `reloadable_init()`, the first function that the application calls.
      var statements: @Sendable (Board) -> String = { _ in "" }
      /// What follows the function.
      var addition = ""
      /// A regular expression for it.
      var pattern: String

      /// What the status says.
      var detail: Regex<AnyRegexOutput> { get throws { try Regex(pattern) } }

      var testDescription: String { name }
    }

    static var mistakes: [Mistake] {
      [
        Mistake(
          name: "an illegal instruction", statements: { $0.illegalInstruction.statement },
          pattern: #"rolled back: trap [02] in reloadable_init\+0x[0-9a-f]+"#),
        Mistake(
          name: "abort()", statements: { _ in "__builtin_abort();" },
          pattern: #"rolled back: abort in [a-z_' ]+(?:\+0x[0-9a-f]+)?"#),
        Mistake(
          name: "a loop without end", statements: { _ in "for (;;) __asm__ volatile(\"\");" },
          pattern: #"rolled back: hang in reloadable_init\+0x[0-9a-f]+"#),
        Mistake(
          name: "a constructor without end",
          addition: """
            __attribute__((constructor)) static void construct(void)
            {
                for (;;) __asm__ volatile("");
            }

            """,
          pattern: #"rolled back: hang in 'hotreload'\+0x[0-9a-f]+"#),
      ]
    }

    @Test(arguments: Board.all, mistakes.indices)
    func theModuleBeforeItRunsAfterOneRestart(on board: Board, mistake index: Int) async throws {
      let mistake = Self.mistakes[index]
      let project = try await project(on: board)
      try await VirtualDevice.run(project) { device in
        let before = try await device.greeting("Hello")
        let id = try await device.module().id
        try project.edit(
          FirmwareProject.moduleSource, replacing: "    hello_count = 0;\n}\n",
          with: "    hello_count = 0;\n    \(mistake.statements(board))\n}\n\(mistake.addition)")
        let result = try await Tool.reload(project, to: device)
        #expect(result.exitCode == 4, "\(mistake): \(result)")
        #expect(try result.errors.contains(mistake.detail), "\(mistake): \(result)")

        let after = try await device.newGreeting("Hello")
        #expect(after.boot == before.boot + 1, "one crash")
        let status = try await device.status()
        #expect(status.lastError?.error == "rolled_back", "\(status)")
        #expect(try status.lastError?.detail.wholeMatch(of: mistake.detail) != nil, "\(status)")
        #expect(status.modules.map(\.id) == [id])
        #expect(status.modules.map(\.state) == ["confirmed"])
        #expect(!status.pending)
      }
    }

    @Test(arguments: Board.all)
    func aModuleThatRunsWellIsConfirmed(on board: Board) async throws {
      let project = try await project(on: board)
      let flash = try project.scratchFile("flash.bin")
      try await VirtualDevice.run(project, flash: flash) { device in
        try await device.greeting("Hello")
        try project.greet(with: "Ahoy")
        let result = try await Tool.reload(project, to: device)
        #expect(result.exitCode == 0, "\(result)")
        #expect(!result.errors.contains("trial"), "\(result)")
        #expect(try await device.module().state == "confirmed")
      }
    }

    @Test(arguments: Board.all)
    func aTrialThatLosesPowerThreeTimesIsOver(on board: Board) async throws {
      let project = try await project(on: board)
      let flash = try project.scratchFile("flash.bin")
      try project.edit(
        FirmwareProject.moduleSource, replacing: "    printf(\"%s, %s,",
        with:
          "    printf(\"stuck\\n\");\n    for (;;) __asm__ volatile(\"\");\n    printf(\"%s, %s,")
      try await VirtualDevice.run(project, flash: flash) { device in
        // The image of this flash is what the firmware was built with.
        try await device.greeting("Hello")
        try await ChildProcess.running(
          [Repository.tool.string, "reload", "--plan", project.plan.string, "--url", device.url]
        ) { _ in try await device.console.line(containing: "stuck") }
      }
      for attempt in 2...3 {
        try await VirtualDevice.run(project, flash: flash) { device in
          try await device.console.line(containing: "stuck")
          #expect(!device.console.text.contains("Hello"), "attempt \(attempt)")
        }
      }
      try await VirtualDevice.run(project, flash: flash) { device in
        try await device.greeting("Hello")
        #expect(!device.console.text.contains("stuck"))
        let failure = try #require(try await device.status().lastError)
        #expect(failure.detail == "rolled back: not confirmed in three starts")
      }
    }
  }
}
