import HotReloadClient
import SystemPackage
import Testing

extension SystemTests {
  /// A module of one firmware on a device with another.
  @Suite struct OtherFirmwareTests {
    /// The second project, with another firmware than the first.
    private func otherProject(on board: Board = .riscv32) async throws -> FirmwareProject {
      let other = try await FirmwareProject.other(on: board)
      try other.edit(
        FirmwareProject.mainSource, replacing: "Hot reload example", with: "Another firmware")
      try await other.build()
      return other
    }

    @Test(arguments: Board.all)
    func theDeviceRefusesItsUploadAndNamesBoth(on board: Board) async throws {
      let project = try await FirmwareProject.basic(on: board)
      let other = try await otherProject(on: board)
      let otherID = try await VirtualDevice.run(other) { try await $0.status().firmware.id }
      try await VirtualDevice.run(project) { device in
        let before = try await device.status()
        #expect(before.firmware.id != otherID)
        let upload = try await SignedUpload(
          FirmwareProject.bytes(of: other.module), key: project, to: device)
        let reply = try await upload.send(to: device)
        #expect(reply.status == 409, "\(reply)")
        #expect(reply.body.contains(#""error":"wrong_firmware""#), "\(reply)")
        #expect(reply.body.contains(otherID.prefix(8)), "\(reply)")
        #expect(reply.body.contains(before.firmware.id.prefix(8)), "\(reply)")
        try await device.newGreeting("Hello")
        let after = try await device.status()
        #expect(after.modules == before.modules)
        #expect(!after.pending)
      }
    }

    @Test(arguments: Board.all)
    func theDeviceRefusesToLoadWhatIsInItsFlashAndNamesBoth(on board: Board) async throws {
      let other = try await FirmwareProject.other(on: board)
      try await other.build()
      let flash = try other.scratchFile("flash.bin")
      let oldID = try await VirtualDevice.run(other, flash: flash) {
        try await $0.status().firmware.id
      }

      try other.edit(
        FirmwareProject.mainSource, replacing: "Hot reload example", with: "Newer firmware")
      try await other.build()
      try await VirtualDevice.run(other, flash: flash) { device in
        try await device.console.line(containing: "built for firmware \(oldID.prefix(8))")
        #expect(try await device.status().modules.first?.loaded == false)
        // The device answers without a module too, so that a reload brings one.
        let result = try await Tool.reload(other, to: device)
        #expect(result.exitCode == 0, "\(result)")
        try await device.console.line(containing: "Hello, World")
      }
    }

    @Test func flashingTheModulesReplacesWhatIsInTheFlash() async throws {
      let other = try await FirmwareProject.other()
      try await other.build()
      let flash = try other.scratchFile("flash.bin")
      try await VirtualDevice.run(other, flash: flash) { device in
        _ = try await device.greeting("Hello")
      }
      try other.edit(
        FirmwareProject.mainSource, replacing: "Hot reload example", with: "Flashed firmware")
      try await other.build()
      try await VirtualDevice.run(other, flash: flash, options: ["--flash-modules"]) { device in
        let greeting = try await device.greeting("Hello")
        #expect(greeting.boot == 1)
      }
    }

    @Test func theToolRefusesBeforeItSends() async throws {
      let project = try await FirmwareProject.basic()
      let other = try await otherProject()
      try await VirtualDevice.run(project) { device in
        let before = try await device.status()
        let result = try await Tool.reload(other, to: device)
        #expect(result.exitCode == 4, "\(result)")
        #expect(result.errors.contains("another firmware: \(before.firmware.id.prefix(12))"))
        #expect(result.errors.contains("hint: "), "\(result)")
        let after = try await device.status()
        #expect(after.modules == before.modules)
        #expect(after.lastError == nil)
        #expect(!after.pending)
      }
    }
  }
}
