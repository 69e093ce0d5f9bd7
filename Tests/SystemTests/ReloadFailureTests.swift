import HotReloadClient
import SystemPackage
import Testing

extension SystemTests {
  /// What `hotreload reload` says and how it ends when it cannot.
  @Suite struct ReloadFailureTests {
    /// No device is asked where the build fails.
    private let nowhere = "http://127.0.0.1:1"

    private func reload(_ project: FirmwareProject) async throws -> ChildProcess.Result {
      try await Tool.run("reload", "--plan", project.plan.string, "--url", nowhere)
    }

    @Test func aCompileErrorIsShownInFull() async throws {
      let project = try await FirmwareProject.basic()
      try project.edit(
        FirmwareProject.moduleSource, replacing: "hello_count = 0;",
        with: "missing = 0; absent = 0;")
      let result = try await reload(project)
      #expect(result.exitCode == 2)
      let source = project.sources.pushing("components/reloadable/reloadable.c")
      for text in [
        "\(source):13:", "use of undeclared identifier 'missing'",
        "use of undeclared identifier 'absent'", "| ", "^~~~", "2 errors generated",
        "did not compile",
      ] {
        #expect(result.errors.contains(text), "\(result)")
      }
    }

    @Test func anUnresolvedImportNamesSymbolAndObject() async throws {
      let project = try await FirmwareProject.basic()
      try project.edit(
        FirmwareProject.moduleSource, replacing: "hello_count = 0;",
        with: "extern int no_such_function(void); hello_count = no_such_function();")
      let result = try await reload(project)
      #expect(result.exitCode == 2)
      #expect(result.errors.contains("'no_such_function'"), "\(result)")
      #expect(result.errors.contains("reloadable.c.obj"), "\(result)")
    }

    @Test func changedExportsAskForAnotherFirmware() async throws {
      let project = try await FirmwareProject.basic()
      try project.edit(
        FirmwareProject.moduleSource, replacing: "void reloadable_init(void)",
        with: "void reloadable_begin(void)")
      let result = try await reload(project)
      #expect(result.exitCode == 2)
      #expect(result.errors.contains("+reloadable_begin −reloadable_init"), "\(result)")
      #expect(
        result.errors.contains("hint: cmake --build \(project.buildFolder)\n"), "\(result)")
    }

    @Test func aDeviceThatDoesNotAnswerIsUnreachable() async throws {
      let project = try await FirmwareProject.basic()
      // tcpmux(1), which nobody serves any more.
      let url = "http://127.0.0.1:1"
      let result = try await Tool.run("reload", "--plan", project.plan.string, "--url", url)
      #expect(result.exitCode == 3)
      #expect(result.errors.contains(url), "\(result)")
    }

    @Test(arguments: [
      ["reload", "--no-such-option"], ["no-such-command"], ["inspect"],
      ["status", "--url", "https://127.0.0.1"],
    ])
    func aWrongCommandLineIsAUsageError(arguments: [String]) async throws {
      let result = try await ChildProcess.run([Repository.tool.string] + arguments)
      #expect(result.exitCode == 64, "\(result)")
      #expect(result.output == "")
      #expect(result.errors != "")
    }

    @Test func theModuleThatRanRunsOnAfterAFailure() async throws {
      let project = try await FirmwareProject.basic()
      try await VirtualDevice.run(project) { device in
        let before = try await device.module()
        try project.edit(
          FirmwareProject.moduleSource, replacing: "hello_count = 0;", with: "missing = 0;")
        let result = try await Tool.reload(project, to: device)
        #expect(result.exitCode == 2, "\(result)")
        try await device.newGreeting("Hello")
        #expect(try await device.module() == before)
      }
    }
  }
}
