import SystemPackage
import Testing

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

extension SystemTests {
  /// The upload key: where it is, where it is not, and how it is replaced.
  @Suite struct KeyTests {
    /// Every way in which a key might be written down.
    private struct Key {
      let bytes: [UInt8]

      /// In part, too: eight bytes are enough to recognise it.
      private var texts: [String] {
        let parts = [bytes.prefix(8), bytes.suffix(8)].map { Array($0) }
        let hex = parts.map { $0.map { String(UInt32($0) + 256, radix: 16).dropFirst() } }
        return hex.flatMap { digits in
          [
            digits.joined(), digits.joined(separator: " "), digits.joined(separator: ":"),
            digits.map { "0x\($0)," }.joined(separator: " "),
            digits.map { "0x\($0)" }.joined(separator: ","),
            digits.map { "\\x\($0)" }.joined(),
          ]
        } + parts.map { $0.map { "\($0)" }.joined(separator: ", ") } + [
          String(Data(bytes).base64EncodedString().prefix(40)),
          String(Data(bytes).base64EncodedString().prefix(40))
            .replacing("+", with: "-").replacing("/", with: "_"),
        ]
      }

      func occurs(in text: String) -> Bool {
        let text = text.lowercased()
        return texts.contains { text.contains($0.lowercased()) }
      }

      func occurs(in content: [UInt8]) -> Bool {
        content.firstRange(of: bytes) != nil
          || occurs(in: String(decoding: content, as: UTF8.self))
      }
    }

    /// Command lines and environments of all processes that this user may look at.
    private func processes() throws -> [[UInt8]] {
      try FileManager.default.contentsOfDirectory(atPath: "/proc").filter { Int32($0) != nil }
        .flatMap { number in
          // A process may end between the two.
          ["cmdline", "environ"].compactMap {
            FileManager.default.contents(atPath: "/proc/\(number)/\($0)")
          }
        }.map { Array($0) }
    }

    @Test func isInNoOutputNoProcessAndNoFileOfOursThatOthersRead() async throws {
      let project = try await FirmwareProject.other()
      try await project.build()
      let key = Key(bytes: try FirmwareProject.bytes(of: project.key))
      let plan = ["--plan", project.plan.string]
      var said: [ChildProcess.Result] = []
      func run(_ arguments: [String], exit: Int32 = 0) async throws {
        let result = try await ChildProcess.run([Repository.tool.string] + arguments)
        #expect(result.exitCode == exit, "\(result)")
        said.append(result)
      }

      try await run(["build", "-v"] + plan)
      try await run(["build", "--json"] + plan)
      try await run(["build", "--prepare", "-v"] + plan)
      try await run(["inspect", "--json", project.firmware.string], exit: 5)
      try await run(["reload", "-v", "--url", "127.0.0.1:1"] + plan, exit: 3)
      try await run(["reload", "-v", "--json", "--url", "127.0.0.1:1"] + plan, exit: 3)
      try await VirtualDevice.run(project) { device in
        let reload = ["reload", "--url", device.url] + plan
        for (word, options) in [("One", ["-v"]), ("Two", ["--json"])] {
          try project.greet(with: word)
          try await run(reload + options)
        }
        try project.edit(
          FirmwareProject.moduleSource, replacing: "hello_count = 0;", with: "missing = 0;")
        try await run(reload + ["-v"], exit: 2)
        try project.greet(with: "Three")
        // Signed with another key.
        let other = try project.scratchFile("other.key")
        try Data(repeating: 0x5A, count: 32).write(to: URL(filePath: other.string))
        let refused = try await ChildProcess.run(
          ["env", "HOTRELOAD_KEY_FILE=\(other)", Repository.tool.string] + reload + ["-v"])
        #expect(refused.exitCode == 4, "\(refused)")
        #expect(
          refused.errors.contains("hint: does the device run a firmware of this build folder?"))
        said.append(refused)
        try await run(["status", "--json", "--url", device.url])
        for process in try processes() { #expect(!key.occurs(in: process)) }
        #expect(!key.occurs(in: device.console.text))
      }
      for result in said { #expect(!key.occurs(in: result.description), "\(result.command)") }

      /// Files with the key in them, by name, and whether others may read them.
      var files: [String: Bool] = [:]
      for name in try FileManager.default.subpathsOfDirectory(atPath: project.buildFolder.string) {
        let path = project.buildFolder.pushing(FilePath(name))
        let status = try path.stat()
        guard status.type == .regular, key.occurs(in: try FirmwareProject.bytes(of: path)) else {
          continue
        }
        files[name] = !status.permissions.isDisjoint(
          with: [.groupReadWriteExecute, .otherReadWriteExecute])
      }
      #expect(files.removeValue(forKey: "hotreload.key") == false)
      #expect(files.removeValue(forKey: "hotreload/hotreload_firmware.c") == false)
      // The firmware has the key by design (docs/SECURITY.md); its compiler and linker choose the modes.
      for name in files.keys {
        #expect(
          name.hasSuffix("/hotreload_firmware.c.obj") || name == "other.elf" || name == "basic.elf",
          "\(name)")
      }
    }

    @Test func noCompilerAndNoLinkerIsTold() async throws {
      let project = try await FirmwareProject.twoModules()
      let tools = try await FirmwareProject.counted.value
      try tools.reset()
      // With the new key, all that has it in it is made anew.
      try await ChildProcess.succeed([
        Repository.tool.string, "rotate-key", "--plan", project.plan.string,
      ])
      try await project.build()
      try project.edit("greeter/greeter.c", replacing: "GREETER_WORD;", with: "GREETER_WORD \"!\";")
      let reload = try await ChildProcess.run([
        Repository.tool.string, "reload", "--url", "127.0.0.1:1", "--plan", project.plan.string,
      ])
      #expect(reload.exitCode == 3, "\(reload)")
      let started = Set(try tools.started())
      let wanted: Set = [
        "compile hotreload_firmware.c", "link firmware", "compile greeter.c", "link module greeter",
      ]
      #expect(wanted.isSubset(of: started), "\(started)")
      let told = try tools.told()
      #expect(told.count > wanted.count)
      let key = Key(bytes: try FirmwareProject.bytes(of: project.key))
      for text in told {
        #expect(!key.occurs(in: text), "\(String(decoding: text, as: UTF8.self))")
      }
    }

    @Test func aRotatedKeyIsTheNextFirmwaresAndTheOldFirmwareRefusesIt() async throws {
      let project = try await FirmwareProject.other()
      try await project.build()
      let old = try FirmwareProject.bytes(of: project.key)
      let rotation = try await ChildProcess.succeed([
        Repository.tool.string, "rotate-key", "--plan", project.plan.string,
      ])
      #expect(rotation.errors.contains("rebuild the firmware, and flash it: cmake --build"))
      #expect(try FirmwareProject.bytes(of: project.key) != old)
      try await VirtualDevice.run(project) { device in
        try project.greet(with: "Too early")
        let refused = try await Tool.reload(project, to: device)
        #expect(refused.exitCode == 4, "\(refused)")
        #expect(refused.errors.contains("Its key is another one"), "\(refused)")
        try await device.newGreeting("Hello")
      }
      try project.restore()
      try await project.build()
      try await VirtualDevice.run(project) { device in
        try await device.greeting("Hello")
        try await device.expectUpload(of: "By the new key", from: project)
      }
    }
  }
}
