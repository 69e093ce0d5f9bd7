import HotReloadClient
import SystemPackage
import Testing

extension SystemTests {
  /// Clients that do not finish what they began. Each is bash with a socket, which sends what it is told.
  @Suite struct BrokenClientTests {
    /// Sends half of a correctly signed upload, then runs `ending` with the connection as descriptor 3.
    private func sendHalf(
      of project: FirmwareProject, to device: VirtualDevice, then ending: String
    ) async throws -> ChildProcess.Result {
      let module = try FirmwareProject.bytes(of: project.module)
      let upload = try await SignedUpload(module, key: project, to: device)
      let port = try #require(device.url.split(separator: ":").last)
      var head = "POST /upload HTTP/1.1\\r\\nContent-Length: \(module.count)\\r\\n"
      for header in upload.headers { head += "\(header.key): \(header.value)\\r\\n" }
      return try await ChildProcess.succeed([
        "bash", "-euc",
        """
        exec 3<>/dev/tcp/127.0.0.1/\(port)
        printf '\(head)\\r\\n' >&3
        head -c \(module.count / 2) '\(try upload.bodyFile())' >&3
        \(ending)
        """,
      ])
    }

    @Test(arguments: Board.all)
    func aDisconnectInTheMiddleOfABodyLeavesTheModuleAsItWas(on board: Board) async throws {
      let project = try await FirmwareProject.basic(on: board)
      try await VirtualDevice.run(project) { device in
        let before = try await device.module()
        for _ in 1...3 { _ = try await sendHalf(of: project, to: device, then: "exec 3>&-") }
        try await device.newGreeting("Hello")
        let status = try await device.status()
        #expect(status.modules == [before])
        #expect(!status.pending)
        try await device.expectUpload(of: "After a disconnect", from: project)
      }
    }

    @Test(arguments: Board.all)
    func aDisconnectInTheMiddleOfAHeadDoesNotMatter(on board: Board) async throws {
      let project = try await FirmwareProject.basic(on: board)
      try await VirtualDevice.run(project) { device in
        let port = try #require(device.url.split(separator: ":").last)
        for part in ["", "P", "GET /sta", "POST /upload HTTP/1.1\\r\\nContent-Len"] {
          try await ChildProcess.succeed([
            "bash", "-euc", "exec 3<>/dev/tcp/127.0.0.1/\(port); printf '\(part)' >&3; exec 3>&-",
          ])
          #expect(try await device.status().reloads == 0, "\(part)")
        }
        try await device.expectUpload(of: "After half a head", from: project)
      }
    }

    @Test(arguments: Board.all)
    func aClientThatStopsHalfWayIsToldSo(on board: Board) async throws {
      let project = try await FirmwareProject.basic(on: board)
      try await VirtualDevice.run(project) { device in
        let before = try await device.module()
        // The device's deadline ends the wait for its reply.
        let result = try await sendHalf(
          of: project, to: device, then: "IFS= read -r -t 60 reply <&3; echo \"$reply\"")
        #expect(result.output.hasPrefix("HTTP/1.1 408 "), "\(result)")
        let status = try await device.status()
        #expect(status.modules == [before])
        #expect(!status.pending)
        try await device.expectUpload(of: "After a pause", from: project)
      }
    }
  }
}
