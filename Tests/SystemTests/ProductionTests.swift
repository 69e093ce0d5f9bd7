import HotReloadELF
import SystemPackage
import Testing

extension SystemTests {
  /// `HOTRELOAD_SERVER=OFF`: firmware for production takes modules from its flash alone.
  @Suite struct ProductionTests {
    /// Parts of names of what belongs to the server.
    private static let server = [
      "hotreload_key", "hotreload_server", "hotreload_port_listen", "HMAC", "UploadStateMachine",
      "RequestParser",
    ]

    @Test(arguments: Board.all)
    func neitherServerNorKeyIsInTheFirmware(on board: Board) async throws {
      let development = try await FirmwareProject.basic(on: board)
      let project = try await FirmwareProject.shared(
        "production", { .example("basic") }, on: board, options: ["-DHOTRELOAD_SERVER=OFF"])
      try project.edit(
        FirmwareProject.mainSource, replacing: "ESP_ERROR_CHECK(hotreload_server_start(",
        with: "printf(\"server: %#x\\n\", (unsigned)hotreload_server_start(")
      try await project.build()
      let names = try LinkedSymbols(FirmwareProject.bytes(of: project.firmware)).all.keys
      let known = try LinkedSymbols(FirmwareProject.bytes(of: development.firmware)).all.keys
      for part in Self.server {
        #expect(known.contains { $0.contains(part) }, "\(part) is no name of the server's any more")
        #expect(names.filter { $0.contains(part) } == [], "\(part)")
      }
      // Nothing answers, so `hotreload run` would wait for it.
      _ = try await ChildProcess.running(
        [Repository.tool.string, "run", "--plan", project.plan.string]
      ) { program in
        try await program.output.line(containing: "server: 0x106")  // ESP_ERR_NOT_SUPPORTED
        try await program.output.line(containing: "Hello, World")
      }
    }
  }
}
