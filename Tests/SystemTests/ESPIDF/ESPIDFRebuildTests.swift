import SystemPackage
import Testing

extension ESPIDFTests {
  /// What an edit of an ESP-IDF project starts: nothing but what has to be.
  @Suite struct ESPIDFRebuildTests {
    struct Edit: Sendable, CustomTestStringConvertible {
      var testDescription: String
      var file: String
      var old: String
      var new: String
      /// Compilers, assemblers and linkers that run.
      var starts: [String]
    }

    static let edits = [
      Edit(
        testDescription: "a module", file: "components/greeter/greeter.c", old: "[40]", new: "[41]",
        starts: ["compile greeter.c", "link module greeter"]),
      Edit(
        testDescription: "the other module", file: "components/plugin/plugin.cpp", old: "number_ +",
        new: "1 + number_ +", starts: ["compile plugin.cpp", "link module plugin"]),
      Edit(
        testDescription: "an import that the firmware has not",
        file: "components/counter/src/step.c", old: "return 1",
        new: "int words_extra(int); return words_extra(0)",
        starts: ["compile step.c", "link firmware", "link module greeter"]),
    ]

    @Test(arguments: edits)
    func anEditStartsOnlyWhatItNeeds(edit: Edit) async throws {
      let built = try await ESPIDFProject.modules()
      let before = try FirmwareProject.bytes(of: built.project.firmware)
      try built.project.edit(edit.file, replacing: edit.old, with: edit.new)
      try built.tools.reset()
      try await built.project.built()
      let started = try built.tools.started()
      #expect(started == edit.starts)
      let isNew = try FirmwareProject.bytes(of: built.project.firmware) != before
      #expect(isNew == edit.starts.contains("link firmware"))
      try built.tools.reset()
      try await built.project.built()
      #expect(try built.tools.started() == [], "once more, nothing")
    }
  }
}
