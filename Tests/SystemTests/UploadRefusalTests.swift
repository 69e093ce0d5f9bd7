import HotReloadClient
import SystemPackage
import Testing

extension SystemTests {
  /// Uploads that the device must not take.
  @Suite struct UploadRefusalTests {
    /// What is wrong with an upload.
    private enum Mistake: CaseIterable {
      case otherBody, wrongCode, noHeaders, usedNonce, otherTarget
      case emptyBody, tooLarge, garbage, cutModule, otherClass
      case noLength, wrongMethod, unknownPath, unknownPartition, unknownParameter

      /// Status and code of docs/PROTOCOL.md.
      var refusal: (status: Int, error: String) {
        switch self {
        case .otherBody, .wrongCode, .noHeaders, .usedNonce, .otherTarget:
          (403, "forbidden")
        case .emptyBody, .unknownParameter: (400, "bad_request")
        case .tooLarge: (413, "too_large")
        case .garbage, .cutModule, .otherClass: (422, "not_loadable")
        case .noLength: (411, "length_required")
        case .wrongMethod: (405, "method_not_allowed")
        case .unknownPath, .unknownPartition: (404, "not_found")
        }
      }
    }

    @Test(arguments: Board.all)
    func theModuleThatRunsStaysAndAGoodUploadStillWorks(on board: Board) async throws {
      let project = try await FirmwareProject.basic(on: board)
      try await VirtualDevice.run(project) { device in
        let before = try await device.status()
        for mistake in Mistake.allCases {
          let reply = try await send(with: mistake, project, device)
          let (status, error) = mistake.refusal
          #expect(reply.status == status, "\(mistake): \(reply)")
          #expect(reply.body.contains("\"error\":\"\(error)\""), "\(mistake): \(reply)")
          if mistake == .wrongMethod {
            #expect(reply.head.lowercased().contains("\r\nallow: post\r\n"), "\(reply)")
          }
          try await device.newGreeting("Hello")
          let after = try await device.status()
          #expect(after.modules == before.modules, "\(mistake)")
          #expect(!after.pending, "\(mistake)")
          #expect(after.reloads == 0, "\(mistake)")
        }
        try await device.expectUpload(of: "Still here", from: project)
      }
    }

    @Test(arguments: Board.all)
    func anUploadThatWasHeardCannotBeSentAgain(on board: Board) async throws {
      let project = try await FirmwareProject.basic(on: board)
      try await VirtualDevice.run(project) { device in
        let heard = try await device.expectUpload(of: "Heard", from: project)
        let newer = try await device.expectUpload(of: "Newer", from: project)
        for upload in [heard, newer] {
          let reply = try await upload.send(to: device)
          #expect(reply.status == 403, "\(reply)")
          #expect(reply.body.contains("the nonce is unknown, used or older than"), "\(reply)")
        }
        #expect(try await !device.status().pending)
        try await device.newGreeting("Newer")
      }
    }

    private func send(
      with mistake: Mistake, _ project: FirmwareProject, _ device: VirtualDevice
    ) async throws -> Curl.Reply {
      let module = try FirmwareProject.bytes(of: project.module)
      var body = module
      var signed: [UInt8]?
      var target = "/upload"
      switch mistake {
      case .otherBody: signed = module.reversed()
      case .emptyBody: body = []
      case .tooLarge: body = [UInt8](repeating: 0xE5, count: Self.largestBody + 1)
      case .garbage: body = Array("no module at all, but signed with the right key".utf8)
      case .cutModule: body = module.dropLast(40)
      case .otherClass: body[4] = 2  // EI_CLASS
      case .unknownPath: target = "/modules"
      case .unknownPartition: target = "/upload?partition=nowhere"
      case .unknownParameter: target = "/upload?slot=1"
      default: break
      }
      var upload = try await SignedUpload(
        body, signedFor: signed, target: target, key: project, to: device)
      switch mistake {
      case .wrongCode: upload.headers["X-Hotreload-HMAC"] = String(repeating: "0", count: 64)
      case .noHeaders: upload.headers = [:]
      case .usedNonce:
        // Used up by an attempt that failed.
        var first = upload
        first.headers["X-Hotreload-HMAC"] = String(repeating: "0", count: 64)
        #expect(try await first.send(to: device).status == 403)
      case .otherTarget: upload.target = "/upload?partition=hotreload"
      case .noLength: upload.headers["Transfer-Encoding"] = "chunked"
      case .wrongMethod: upload.options = ["-X", "PUT"]
      default: break
      }
      return try await upload.send(to: device)
    }

    /// `HOTRELOAD_SERVER_CONFIG_DEFAULT()`.
    private static let largestBody = 512 * 1024
  }
}
