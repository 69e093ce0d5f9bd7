import HotReloadClient
import SystemPackage
import Testing

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

extension SystemTests {
  /// Clients that mean harm, with bytes of their own on a real connection.
  @Suite struct HostileClientTests {
    /// Sends bytes in one go, and returns what the reader, whose standard input is the connection, makes of the replies.
    private func send(
      _ bytes: [UInt8], to device: VirtualDevice, of project: FirmwareProject, reader: String
    ) async throws -> String {
      let file = try project.scratchFile("request.bin")
      try Data(bytes).write(to: URL(filePath: file.string))
      let port = try #require(device.url.split(separator: ":").last)
      return try await ChildProcess.run([
        "bash", "-c",
        """
        exec 3<>/dev/tcp/127.0.0.1/\(port)
        cat '\(file)' >&3
        timeout 60 \(reader) <&3
        """,
      ]).output
    }

    /// Sends bytes in one go, and returns the status code of the first reply.
    private func send(
      _ bytes: [UInt8], to device: VirtualDevice, of project: FirmwareProject
    ) async throws -> [String] {
      try await send(bytes, to: device, of: project, reader: "grep -a -m 1 '^HTTP/1.1 '")
        .split(separator: "\n").map { String($0.dropFirst(9).prefix(3)) }
    }

    @Test(arguments: Board.all)
    func nothingThatTheySendDisturbsTheModule(on board: Board) async throws {
      let project = try await FirmwareProject.basic(on: board)
      try await VirtualDevice.run(project) { device in
        let before = try await device.status()
        let module = try FirmwareProject.bytes(of: project.module)
        var upload = try await SignedUpload(module, key: project, to: device)
        upload.headers["X-Hotreload-HMAC"] = String(repeating: "0", count: 64)
        let get = "GET /status HTTP/1.1\r\n"
        let rows: [(what: String, bytes: [UInt8], status: String)] = [
          ("a long line", Array("GET /\(String(repeating: "x", count: 3000))\r\n\r\n".utf8), "431"),
          (
            "a long target",
            Array("GET /status?\(String(repeating: "x", count: 130)) HTTP/1.1\r\n\r\n".utf8), "431"
          ),
          (
            "a long head", Array("\(get)\(String(repeating: "X: y\r\n", count: 300))\r\n".utf8),
            "431"
          ),
          ("half of an ELF file", Array(module.prefix(200)) + [13, 10], "400"),
          ("a control character", Array("\(get)X: \u{1}\r\n\r\n".utf8), "400"),
          (
            "a length beyond 32 bits",
            Array("POST /upload HTTP/1.1\r\nContent-Length: 4294967301\r\n\r\nhello".utf8), "400"
          ),
          (
            "a length beyond all memory",
            Array("POST /upload HTTP/1.1\r\nContent-Length: 4294967295\r\n\r\nhello".utf8), "413"
          ),
          ("no key", upload.bytes("Connection: close") + Array("\(get)\r\n".utf8), "403"),
        ]
        for row in rows {
          #expect(
            try await send(row.bytes, to: device, of: project) == [row.status], "\(row.what)")
        }
        let after = try await device.status()
        #expect(after.modules == before.modules)
        #expect(!after.pending)
        try await device.newGreeting("Hello")
        try await device.expectUpload(of: "Unharmed", from: project)
      }
    }

    @Test(arguments: Board.all)
    func requestsInOnePacketAreAnsweredInTheirOrder(on board: Board) async throws {
      let project = try await FirmwareProject.basic(on: board)
      try await VirtualDevice.run(project) { device in
        let upload = try await SignedUpload(
          FirmwareProject.bytes(of: project.module), key: project, to: device)
        let others = """
          GET /nowhere HTTP/1.1\r
          \r
          GET /challenge HTTP/1.1\r
          Connection: close\r
          \r

          """
        let text = try await send(
          upload.bytes() + Array(others.utf8), to: device, of: project, reader: "cat")
        let replies = text.split(separator: "HTTP/1.1 ")
        #expect(replies.map { $0.prefix(3) } == ["200", "404", "200"], "\(text)")
        let bodies = ["bytes stored\n", "there is nothing at this path\"}\n", "\"}\n"]
        for (reply, body) in zip(replies, bodies) { #expect(reply.hasSuffix(body), "\(text)") }
        #expect(replies.last?.contains("{\"nonce\":") == true, "\(text)")
      }
    }
  }
}
