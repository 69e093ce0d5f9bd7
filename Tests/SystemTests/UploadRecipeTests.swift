import HotReloadClient
import SystemPackage
import Testing

extension SystemTests {
  /// docs/PROTOCOL.md as its readers use it: with curl and openssl.
  @Suite struct UploadRecipeTests {
    /// The document's first block of a language.
    private func block(_ language: String) throws -> Substring {
      let document = try String(
        decoding: FirmwareProject.bytes(of: Repository.root.pushing("docs/PROTOCOL.md")),
        as: UTF8.self)
      let start = try #require(document.firstRange(of: "\n```\(language)\n"))
      let end = try #require(document[start.upperBound...].firstRange(of: "\n```\n"))
      return document[start.upperBound..<end.lowerBound]
    }

    /// The document's script, with other values for its first three variables.
    private func recipe(device: String, key: String, module: String) throws -> String {
      var script = String(try block("sh"))
      for (name, value) in [("device", device), ("key", key), ("module", module)] {
        var lines = script.split(separator: "\n", omittingEmptySubsequences: false)
        let line = try #require(lines.firstIndex { $0.hasPrefix("\(name)=") }, "\(script)")
        lines[line] = "\(name)='\(value)'"
        script = lines.joined(separator: "\n")
      }
      return script
    }

    @Test(arguments: Board.all)
    func uploadsAModule(on board: Board) async throws {
      let project = try await FirmwareProject.basic(on: board)
      try await VirtualDevice.run(project) { device in
        try project.greet(with: "Ahoy")
        let build = try await Tool.run("build", "--plan", project.plan.string)
        try #require(build.exitCode == 0, "\(build)")

        let script = try recipe(
          device: device.url, key: project.key.string, module: project.module.string)
        let result = try await ChildProcess.succeed(["bash", "-euo", "pipefail", "-c", script])
        let size = try FirmwareProject.bytes(of: project.module).count
        #expect(result.output == "OK: \(size) bytes stored\n", "\(result)")

        try await device.greeting("Ahoy")
        let pending = try await Curl.request(device.url + "/pending")
        #expect(pending.status == 200)
        #expect(pending.body == "{\"pending\":false}\n")
        #expect(try await device.status().reloads == 1)
      }
    }

    @Test(arguments: Board.all)
    func statusHasTheMembersOfTheDocument(on board: Board) async throws {
      let project = try await FirmwareProject.basic(on: board)
      let reply = try await VirtualDevice.run(project) { device in
        try await Curl.request(device.url + "/status")
      }
      #expect(reply.status == 200)
      #expect(
        reply.head.lowercased().contains("\r\ncontent-type: application/json\r\n"), "\(reply)")
      let members = /"(\w+)":/
      let documented = try block("json").matches(of: members).map { String($0.output.1) }
      #expect(documented.count > 20)
      #expect(reply.body.matches(of: members).map { String($0.output.1) } == documented)
    }
  }
}
