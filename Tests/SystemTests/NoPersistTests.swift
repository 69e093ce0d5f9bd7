import HotReloadClient
import Testing

extension SystemTests {
  /// `hotreload reload --no-persist`: new code that flash never sees (FEATURES B16).
  @Suite struct NoPersistTests {
    @Test(arguments: Board.all)
    func aRestartBringsBackWhatFlashHolds(on board: Board) async throws {
      let project = try await FirmwareProject.basic(on: board)
      let flash = try project.scratchFile("flash.bin")
      try await VirtualDevice.run(project, flash: flash) { device in
        try await device.greeting("Hello")
        let before = try FirmwareProject.bytes(of: flash)
        try project.greet(with: "Only for now")
        let result = try await Tool.reload(project, to: device, "--no-persist")
        try #require(result.exitCode == 0, "\(result)")
        try await device.greeting("Only for now")
        #expect(try await device.module().stored == false)
        #expect(try FirmwareProject.bytes(of: flash) == before)
      }
      _ = try await VirtualDevice.run(project, flash: flash) { try await $0.greeting("Hello") }
    }
  }
}
