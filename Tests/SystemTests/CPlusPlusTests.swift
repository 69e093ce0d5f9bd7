import SystemPackage
import Testing

extension ModuleTests {
  /// Modules in C++ on the virtual chip.
  @Suite struct CPlusPlusTests {
    private static let source = "components/reloadable/reloadable.cpp"
    /// One address space, and two buses: a virtual call goes through data to code. And another compiler and linker.
    private static let boards: [Board] = [
      .riscv32, .riscv32.as("esp32c3"), .riscv32.as("esp32c6", by: "gcc"), .xtensa,
      .xtensa.as("esp32"),
    ]

    private func example(on board: Board) async throws -> FirmwareProject {
      try await FirmwareProject.shared("cpp-module", { .example("cpp-module") }, on: board)
    }

    @Test(arguments: boards)
    func anEditedClassReplacesItsObjects(on board: Board) async throws {
      let project = try await example(on: board)
      try await project.build()
      try await VirtualDevice.run(project) { device in
        try await device.console.line(containing: "A greeter comes.")
        let before = try await device.greeting("Hello")
        try project.edit(Self.source, replacing: "\"Hello\"", with: "\"Bonjour\"")
        let result = try await Tool.reload(project, to: device)
        try #require(result.exitCode == 0, "\(result)")
        // The successor is complete before the old one goes.
        try await device.console.line(containing: "A greeter comes.")
        try await device.console.line(containing: "A greeter goes.")
        let after = try await device.greeting("Bonjour")
        #expect(after.boot == before.boot)
        #expect(after.count == 0, "a new object")
      }
    }

    /// What the module of Tests/Fixtures/Lifetimes prints when it comes for `reason`: by priority, then in the
    /// order of the link.
    private static func coming(_ reason: Int) -> [String] {
      [
        "+ early", "+ shared", "+ first", "+ again", "+ constructor function", "+ second",
        "= on_load \(reason)",
      ]
    }
    private static let running = ["+ local", "= all right"]
    /// Last first.
    private static let going = [
      "- local", "- atexit", "- second", "- again", "- first", "- shared", "- early",
      "- destructor function", "- last destructor function",
    ]

    @Test(arguments: boards)
    func objectsComeInOrderAndGoInReverse(on board: Board) async throws {
      let project = try await example(on: board)
      try project.write(
        fixturesOf: "Lifetimes",
        as: [
          "main.cpp": "main/main.cpp", "first.cpp": "components/reloadable/first.cpp",
          "second.cpp": "components/reloadable/second.cpp",
          "traced.h": "components/reloadable/include/traced.h",
          "lifetimes.h": "components/reloadable/include/lifetimes.h",
        ])
      try project.edit(
        FirmwareProject.buildFile, replacing: "SOURCES components/reloadable/reloadable.cpp",
        with: "SOURCES components/reloadable/first.cpp components/reloadable/second.cpp")
      try await project.build()
      let result = try await Tool.run("run", "--plan", project.plan.string)
      #expect(result.exitCode == 0, "\(result)")
      let printed = result.output.split(whereSeparator: \.isNewline).map(String.init)
        .filter { $0.hasPrefix("+ ") || $0.hasPrefix("- ") || $0.hasPrefix("= ") }
      let replaced = Self.coming(0) + Self.running + ["= reload", "= on_unload 1"] + Self.coming(1)
      let unloaded = Self.running + ["= unload", "= on_unload 0"] + Self.going + ["= end"]
      #expect(printed == replaced + Self.going + unloaded)
    }
  }
}
