import HotReloadClient
import Testing

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

extension SystemTests {
  /// `hotreload reload` on a device that runs on.
  @Suite struct ReloadTests {
    /// The part of `reload --json` that is asserted on.
    private struct Report: Decodable {
      struct Module: Decodable {
        var id: String
        var outcome: String
        var size: Int
        var sent: Int
      }
      var modules: [Module]
    }

    @Test(arguments: Board.all)
    func newCodeRunsInTheSameBoot(on board: Board) async throws {
      let project = try await FirmwareProject.basic(on: board)
      try await VirtualDevice.run(project) { device in
        let before = try await device.greeting("Hello")
        #expect(before.boot == 1)
        let bootID = try await device.status().bootID

        try project.greet(with: "Bonjour")
        let result = try await Tool.reload(project, to: device, "--json")
        try #require(result.exitCode == 0, "\(result)")
        let after = try await device.greeting("Bonjour")
        #expect(after.boot == 1)
        #expect(after.uptime > before.uptime)
        #expect(after.count == 0, "the application initialises the module after a load")

        let module = try #require(
          try JSONDecoder().decode(Report.self, from: Data(result.output.utf8)).modules.first)
        #expect(module.outcome == "switched")
        let status = try await device.status()
        #expect(status.bootID == bootID)
        #expect(status.reloads == 1)
        #expect(!status.pending)
        #expect(status.lastError == nil)
        #expect(status.modules.map(\.id) == [module.id])
        #expect(status.modules.map(\.size) == [module.size])

        // What would be flashed now is the same module.
        let image = try FirmwareProject.bytes(of: project.module)
        let flashed = try FirmwareProject.bytes(of: project.partitionImage)
        #expect(Array(flashed[512..<512 + image.count]) == image)
      }
    }

    @Test(arguments: Board.all)
    func anEditIsSentAsADifference(on board: Board) async throws {
      let project = try await FirmwareProject.basic(on: board)
      try await VirtualDevice.run(project) { device in
        // To the flashed image, to an uploaded one.
        for greeting in ["One", "Two"] {
          try project.greet(with: greeting)
          let result = try await Tool.reload(project, to: device, "--json", "--verbose")
          try #require(result.exitCode == 0, "\(result)")
          let module = try #require(
            try JSONDecoder().decode(Report.self, from: Data(result.output.utf8)).modules.first)
          #expect(module.sent > 0 && module.sent < module.size / 2, "\(result)")
          #expect(
            result.errors.contains(": \(module.sent) of \(module.size) bytes\n"), "\(result)")
          try await device.greeting(greeting)
        }
      }
    }

    @Test(arguments: Board.all)
    func anUnchangedModuleIsNotSent(on board: Board) async throws {
      let project = try await FirmwareProject.basic(on: board)
      try await VirtualDevice.run(project) { device in
        try project.greet(with: "Moin")
        let first = try await Tool.reload(project, to: device)
        #expect(first.exitCode == 0, "\(first)")
        #expect(first.output.contains("bytes sent)"), "\(first)")
        let before = try await device.module()

        let second = try await Tool.reload(project, to: device)
        #expect(second.exitCode == 0, "\(second)")
        #expect(second.output.contains(" unchanged\n"), "\(second)")
        #expect(!second.output.contains("upload"), "\(second)")
        #expect(try await device.module() == before)
        #expect(try await device.status().reloads == 1)
      }
    }

    @Test(arguments: Board.all)
    func aReloadLeavesTheSlotOfTheFlashedImageAlone(on board: Board) async throws {
      let project = try await FirmwareProject.basic(on: board)
      try await VirtualDevice.run(project) { device in
        #expect(try await device.module().slot == 0)
        for greeting in ["One", "Two", "Three"] {
          try project.greet(with: greeting)
          let result = try await Tool.reload(project, to: device)
          try #require(result.exitCode == 0, "\(result)")
          try await device.greeting(greeting)
          // What comes later depends on when the first one was confirmed.
          if greeting == "One" { #expect(try await device.module().slot == 1) }
        }
        #expect(try await device.status().reloads == 3)
      }
    }

    @Test(arguments: Board.all)
    func uploadedCodeSurvivesARestart(on board: Board) async throws {
      let project = try await FirmwareProject.basic(on: board)
      let flash = try project.scratchFile("flash.bin")
      try project.greet(with: "Servus")
      let uploaded = try await VirtualDevice.run(project, flash: flash) { device in
        // The image of this flash is what basic() built.
        try await device.greeting("Hello")
        let result = try await Tool.reload(project, to: device)
        try #require(result.exitCode == 0, "\(result)")
        try await device.greeting("Servus")
        return try await device.module()
      }
      try await VirtualDevice.run(project, flash: flash) { device in
        try await device.greeting("Servus")
        #expect(!device.console.text.contains("Hello, World"))
        let module = try await device.module()
        #expect(module.id == uploaded.id)
        #expect(module.slot == uploaded.slot)
        #expect(try await device.status().reloads == 0)
      }
    }

    @Test(arguments: Board.all)
    func everyBootHasItsOwnNonceAndIdentifier(on board: Board) async throws {
      let project = try await FirmwareProject.basic(on: board)
      var nonces: Set<String> = []
      var boots: Set<String> = []
      for _ in 1...2 {
        let (nonce, boot) = try await VirtualDevice.run(project) { device in
          let challenge = try await Curl.request(device.url + "/challenge")
          #expect(challenge.body.wholeMatch(of: /\{"nonce":"[0-9a-f]{32}"\}\n/) != nil)
          return (challenge.body, try await device.status().bootID)
        }
        nonces.insert(nonce)
        boots.insert(boot)
      }
      #expect(nonces.count == 2, "\(nonces)")
      #expect(boots.count == 2, "\(boots)")
    }
  }
}
