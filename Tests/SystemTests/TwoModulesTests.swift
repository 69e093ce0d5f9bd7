import HotReloadBuild
import HotReloadClient
import SystemPackage
import Testing

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

extension ModuleTests {
  /// Tests/Fixtures/TwoModules on the chip: `greeter`, made of two components, in the partition "hotreload", and
  /// `plugin` in "plugins". Each calls the other.
  @Suite struct TwoModulesTests {
    /// What `reload --json` says, whether it succeeded or not.
    private struct Report: Decodable {
      struct Module: Decodable {
        var name: String
        var outcome: String
      }
      struct Problem: Decodable {
        var message: String
      }
      var modules: [Module]
      var error: Problem?
      var outcomes: [String] { modules.map { "\($0.name) \($0.outcome)" } }
    }

    /// A line of the firmware: `greeter Hello 3, plugin is one`.
    private struct Line {
      var word: String
      var count: Int
      /// What it knows of the other module.
      var other: String

      init(_ text: String) throws {
        let match = try #require(
          try /^[a-z]+ (\w+) (\d+), [a-z]+ is (\w+)\r?$/.wholeMatch(in: text), "\(text)")
        word = String(match.1)
        count = try #require(Int(match.2))
        other = String(match.3)
      }
    }

    private func line(_ start: String, of device: VirtualDevice) async throws -> Line {
      try await Line(device.console.line(containing: start))
    }

    private func edit(_ project: FirmwareProject, greeter: String = "Hello", plugin: String = "one")
      throws
    {
      let words = try project.original("include/words.h")
      try project.write(
        words.replacing("\"Hello\"", with: "\"\(greeter)\"")
          .replacing("\"one\"", with: "\"\(plugin)\""), to: "include/words.h")
    }

    private func reload(
      _ project: FirmwareProject, to device: VirtualDevice, _ options: String...,
      expecting exitCode: Int32 = 0
    ) async throws -> Report {
      let result = try await ChildProcess.run(
        [Repository.tool.string, "reload", "--plan", project.plan.string, "--url", device.url]
          + ["--json"] + options)
      try #require(result.exitCode == exitCode, "\(result)")
      return try JSONDecoder().decode(Report.self, from: Data(result.output.utf8))
    }

    /// The project with an application that waits for new code of both, and switches to both at once.
    private func projectThatSwitchesTogether(on board: Board) async throws -> FirmwareProject {
      let project = try await FirmwareProject.twoModules(on: board)
      try project.edit(
        "main.c", replacing: "together = false", with: "together = true")
      try await project.build()
      return project
    }

    @Test(arguments: Board.all)
    func bothRunAndReachEachOtherAndTheFirmware(on board: Board) async throws {
      let project = try await FirmwareProject.twoModules(on: board)
      let plan = try BuildPlan(contentsOf: project.plan)
      #expect(plan.modules.map(\.name) == ["greeter", "plugin"])
      #expect(plan.modules.map(\.partition.label) == ["hotreload", "plugins"])
      let sources = plan.modules[0].sources.compactMap { FilePath($0).lastComponent?.string }
      #expect(sources.contains("greeter.c") && sources.contains("counter.c"), "one module of two")

      try await VirtualDevice.run(project) { device in
        let imports = try await device.console.line(containing: "imports: ")
        #expect(imports.contains("imports: 0 failed"), "\(device.console.text)")
        let greeter = try await line("greeter Hello", of: device)
        #expect(greeter.other == "one")
        let plugin = try await line("plugin one", of: device)
        #expect(plugin.other == "Hello")
        let status = try await device.status()
        #expect(status.modules.map(\.partition) == ["hotreload", "plugins"])
        #expect(status.modules.map(\.loaded) == [true, true])
        let text = try await Tool.run("status", "--url", device.url).output
        #expect(text.contains("module    hotreload: "), "\(text)")
        #expect(text.contains("module    plugins: "), "\(text)")
      }
    }

    @Test(arguments: Board.all)
    func theEditedOneIsReloadedWhileTheOtherGoesOn(on board: Board) async throws {
      let project = try await FirmwareProject.twoModules(on: board)
      try await VirtualDevice.run(project) { device in
        let before = try await line("greeter Hello", of: device)
        let modules = try await device.status().modules
        try edit(project, plugin: "two")
        let report = try await reload(project, to: device)
        #expect(report.outcomes == ["greeter unchanged", "plugin switched"])
        let plugin = try await line("plugin two", of: device)
        #expect(plugin.count == 1, "it starts anew")
        let after = try await line("greeter Hello", of: device)
        #expect(after.count > before.count, "it goes on")
        #expect(after.other == "two", "its calls reach the new code")
        let now = try await device.status()
        #expect(now.modules.first == modules.first)
        #expect(now.reloads == 1)

        try edit(project, greeter: "Bonjour", plugin: "two")
        let second = try await reload(project, to: device)
        #expect(second.outcomes == ["greeter switched", "plugin unchanged"])
        #expect(try await line("greeter Bonjour", of: device).other == "two")
        #expect(try await line("plugin two", of: device).other == "Bonjour")
      }
    }

    @Test(arguments: Board.all)
    func bothAreReloadedTogether(on board: Board) async throws {
      let project = try await projectThatSwitchesTogether(on: board)
      try await VirtualDevice.run(project) { device in
        _ = try await line("plugin one", of: device)
        try edit(project, greeter: "Both", plugin: "both")
        let report = try await reload(project, to: device)
        #expect(report.outcomes == ["greeter switched", "plugin switched"])
        #expect(try await line("greeter Both", of: device).other == "both", "never one alone")
        #expect(try await line("plugin both", of: device).other == "Both")
      }
    }

    @Test(arguments: Board.all)
    func aBadOneOfTwoLeavesBothOld(on board: Board) async throws {
      let project = try await projectThatSwitchesTogether(on: board)
      try await VirtualDevice.run(project) { device in
        _ = try await line("plugin one", of: device)
        let before = try await device.status().modules
        try edit(project, greeter: "New")
        try project.edit(
          "plugin/plugin.c", replacing: "static int count;",
          with: """
            static int count;
            #include "hotreload_module.h"
            static int refuse(hotreload_load_reason_t reason) { return 7 + (int)reason; }
            HOTRELOAD_ON_LOAD(refuse);
            """)
        let report = try await reload(project, to: device, expecting: 4)
        #expect(report.outcomes == ["greeter switched", "plugin refused"])
        let message = try #require(report.error?.message)
        #expect(message.hasPrefix("the device could not load module 'plugin': "), "\(message)")
        #expect(message.hasSuffix("; 'greeter' runs its new code"), "\(message)")

        try await device.console.line(containing: "reload: 0xffffffff")
        let greeter = try await Line(device.console.line(containing: "greeter "))
        #expect(greeter.word == "Hello" && greeter.other == "one", "nothing was switched")
        // The next attempt is without the bad image.
        try await device.console.line(containing: "reload: 0")
        #expect(try await Line(device.console.line(containing: "greeter ")).word == "New")
        #expect(try await line("plugin one", of: device).other == "New")
        let after = try await device.status()
        #expect(after.modules.last?.id == before.last?.id)
        #expect(!after.pending)
        #expect(after.lastError != nil, "it is not forgotten because another module runs")
      }
    }

    @Test func aPartitionLimitsTheReload() async throws {
      let project = try await FirmwareProject.twoModules()
      try await VirtualDevice.run(project) { device in
        _ = try await line("plugin one", of: device)
        try edit(project, greeter: "Later", plugin: "now")
        let report = try await reload(project, to: device, "--partition", "plugins")
        #expect(report.outcomes == ["plugin switched"])
        #expect(try await line("plugin now", of: device).other == "Hello")
        let rest = try await reload(project, to: device)
        #expect(rest.outcomes == ["greeter switched", "plugin unchanged"])
        try await device.console.line(containing: "greeter Later")
      }
    }

    @Test func aSaveReloadsTheModuleOfTheFile() async throws {
      let project = try await FirmwareProject.twoModules()
      try await VirtualDevice.run(project) { device in
        let before = try await device.status().modules
        let exitCode = try await Tool.watching(project, on: device) { watch in
          try await watch.output.line(containing: "unchanged")
          try project.edit("plugin/plugin.c", replacing: "plugin %s", with: "plugin saved%s")
          let line = try await watch.output.line(containing: " runs, ")
          #expect(line.contains("plugin.c: plugin "), "\(line)")
          #expect(!line.contains("greeter"), "\(line)")
          try await device.console.line(containing: "plugin savedone")
        }
        #expect(exitCode == 0)
        let after = try await device.status().modules
        #expect(after.first == before.first)
        #expect(after.last?.id != before.last?.id)
      }
    }

    @Test func aNinthPartitionIsAConfigureError() async throws {
      let project = try await FirmwareProject.twoModules()
      let more = (3...9).map { number in
        """
        hotreload_add_module(module\(number)
          FIRMWARE two SOURCES counter/counter.c PARTITION partition\(number)
          PARTITION_SIZE 65536 PARTITION_ERASE_SIZE 4096)

        """
      }
      try project.write(
        try project.original(FirmwareProject.buildFile) + more.joined(),
        to: FirmwareProject.buildFile)
      let folder = project.folder.appending("nine")
      let result = try await ChildProcess.run(project.configuration(in: folder))
      #expect(result.exitCode != 0, "\(result)")
      // CMake breaks lines.
      let errors = result.errors.split(whereSeparator: \.isWhitespace).joined(separator: " ")
      #expect(
        errors.contains(
          "hotreload_add_module(module9): 'partition9' is one partition too many: a firmware has modules "
            + "in at most 8. Use one of hotreload, plugins, partition3"), "\(result)")
    }
  }
}
