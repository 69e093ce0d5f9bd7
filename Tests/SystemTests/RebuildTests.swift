import SystemPackage
import Testing

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

extension SystemTests {
  /// Which processes an edit starts, counted: nothing but what has to be.
  @Suite struct RebuildTests {
    /// One edit of Tests/Fixtures/TwoModules, and what `cmake --build` starts for it.
    struct Edit: Sendable, CustomTestStringConvertible {
      var testDescription: String
      var file = ""
      var old = ""
      var new = ""
      var starts: [String] = []
      /// Names of the modules whose images become others.
      var changes: [String] = []
    }

    /// Everything that an edit of a module may not start.
    static let moduleEdits = [
      Edit(testDescription: "nothing"),
      Edit(
        testDescription: "a file is saved as it was", file: "greeter/greeter.c", old: "// Calls",
        new: "// Calls", starts: ["compile greeter.c"]),
      Edit(
        testDescription: "a comment", file: "greeter/greeter.c", old: "// Calls", new: "// calls",
        starts: ["compile greeter.c", "link module greeter"]),
      Edit(
        testDescription: "one of two components", file: "counter/counter.c", old: "++count",
        new: "count += 2", starts: ["compile counter.c", "link module greeter"],
        changes: ["greeter"]),
      Edit(
        testDescription: "the other module", file: "plugin/plugin.c", old: "++count",
        new: "count += 2", starts: ["compile plugin.c", "link module plugin"],
        changes: ["plugin"]),
      Edit(
        testDescription: "a header of two files", file: "include/words.h", old: "\"Hello\"",
        new: "\"Bonjour\"",
        starts: ["compile greeter.c", "compile plugin.c", "link module greeter"],
        changes: ["greeter"]),
      Edit(
        testDescription: "a comment in a header", file: "include/words.h", old: "by nobody else",
        new: "by no other", starts: ["compile greeter.c", "compile plugin.c"]),
      Edit(
        testDescription: "an import that the firmware has", file: "counter/counter.c",
        old: "return ++count;",
        new: "extern int rand(void); return rand(), ++count;",
        starts: ["compile counter.c", "link module greeter"], changes: ["greeter"]),
    ]

    static let firmwareEdits = [
      Edit(
        testDescription: "the firmware", file: "main.c", old: "POLL_PERIOD_MS = 5",
        new: "POLL_PERIOD_MS = 6", starts: ["compile main.c", "link firmware"],
        changes: ["greeter", "plugin"]),
      Edit(
        testDescription: "an import that nobody else needs", file: "plugin/plugin.c",
        old: "++count", new: "({ int extra_nobody_calls(int); extra_nobody_calls(++count); })",
        starts: ["compile plugin.c", "link firmware", "link module plugin"],
        changes: ["greeter", "plugin"]),
      Edit(
        testDescription: "another export", file: "counter/counter.c", old: "int count_up",
        new: "int count_twice(void) { return count += 2; }\nint count_up",
        starts: [
          "assemble stubs.S", "compile counter.c", "compile table.c", "link firmware",
          "link module greeter",
        ], changes: ["greeter", "plugin"]),
      Edit(
        testDescription: "the options of one module", file: "CMakeLists.txt",
        old: "plugin/imports.c", new: "plugin/imports.c COMPILE_OPTIONS -O1",
        starts: [
          "compile imports.c", "compile lifecycle.c", "compile plugin.c", "link module plugin",
        ],
        changes: ["plugin"]),
      Edit(
        testDescription: "a source that is named twice", file: "CMakeLists.txt",
        old: "plugin/imports.c", new: "plugin/imports.c plugin/imports.c"),
    ]

    private static let modules = ["greeter", "plugin"]

    private func images(_ project: FirmwareProject) throws -> [String: [UInt8]] {
      try Self.modules.reduce(into: [:]) { images, name in
        images[name] = try FirmwareProject.bytes(of: project.image(of: name))
      }
    }

    /// Edits, and has `build` do what is needed. Returns what was started, and which images are others.
    private func apply(
      _ edit: Edit, to project: FirmwareProject, build: () async throws -> ChildProcess.Result
    ) async throws -> (started: [String], changed: [String]) {
      let tools = try await FirmwareProject.counted.value
      let before = try images(project)
      if !edit.file.isEmpty {
        try project.edit(edit.file, replacing: edit.old, with: edit.new)
      }
      try tools.reset()
      let result = try await build()
      #expect(result.exitCode == 0, "\(result)")
      let after = try images(project)
      return (try tools.started(), Self.modules.filter { before[$0] != after[$0] })
    }

    @Test(arguments: moduleEdits + firmwareEdits)
    func cmakeStartsOnlyWhatAnEditNeeds(edit: Edit) async throws {
      let project = try await FirmwareProject.twoModules()
      let (started, changed) = try await apply(edit, to: project) { try await project.build() }
      #expect(started == edit.starts)
      #expect(changed == edit.changes)
      let tools = try await FirmwareProject.counted.value
      try tools.reset()
      let again = try await project.build()
      #expect(try tools.started() == [], "once more, nothing")
      #expect(again.output.contains("no work to do"), "\(again)")
    }

    @Test(arguments: moduleEdits)
    func theToolStartsOnlyWhatAnEditNeeds(edit: Edit) async throws {
      let project = try await FirmwareProject.twoModules()
      let firmware = try FirmwareProject.bytes(of: project.firmware)
      let (started, changed) = try await apply(edit, to: project) {
        try await Tool.run("build", "--plan", project.plan.string)
      }
      #expect(started == edit.starts)
      #expect(changed == edit.changes)
      #expect(try FirmwareProject.bytes(of: project.firmware) == firmware)
    }

    @Test func aBuildOfOneModuleLeavesTheOtherAsItIs() async throws {
      let project = try await FirmwareProject.twoModules()
      try project.edit("plugin/plugin.c", replacing: "++count", with: "count += 3")
      let edit = Edit(
        testDescription: "both modules", file: "counter/counter.c", old: "++count",
        new: "count += 3")
      let (started, changed) = try await apply(edit, to: project) {
        try await Tool.run("build", "--plan", project.plan.string, "--partition", "plugins")
      }
      #expect(started == ["compile plugin.c", "link module plugin"])
      #expect(changed == ["plugin"])
    }

    @Test func generatedFilesKeepTheirTimesWhileTheirContentIsTheSame() async throws {
      let project = try await FirmwareProject.twoModules()
      func times() throws -> [String: Date] {
        let folder = project.buildFolder.appending("hotreload")
        return try [
          "stubs.S", "table.c", "imports.ld", "hotreload_firmware.c", "greeter/module.ld",
          "greeter/exports.ver", "plugin/module.elf", "plugin/partition.bin",
        ].reduce(into: [:]) { times, name in
          let attributes = try FileManager.default.attributesOfItem(
            atPath: folder.pushing(FilePath(name)).string)
          times[name] = attributes[.modificationDate] as? Date
        }
      }
      let before = try times()
      try project.edit("greeter/greeter.c", replacing: "greeter %s", with: "the greeter %s")
      try await project.build()
      #expect(try times() == before)
    }

    @Test func whatNobodyHasIsSaidBeforeAndAfterTheRebuild() async throws {
      let project = try await FirmwareProject.twoModules()
      try project.edit(
        "plugin/plugin.c", replacing: "++count", with: "({ int nowhere(void); nowhere(); })")
      let reload = try await Tool.run(
        "reload", "--plan", project.plan.string, "--url", "http://127.0.0.1:1")
      #expect(reload.exitCode == 2, "\(reload)")
      #expect(reload.errors.contains("'nowhere'"), "\(reload)")
      #expect(reload.errors.contains("plugin.c.obj"), "\(reload)")
      #expect(reload.errors.contains("hint: `cmake --build \(project.buildFolder)`"), "\(reload)")

      let build = try await ChildProcess.run(["cmake", "--build", project.buildFolder.string])
      #expect(build.exitCode != 0, "\(build)")
      #expect(
        (build.output + build.errors).contains("no library of the firmware has it"), "\(build)")
    }
  }
}
