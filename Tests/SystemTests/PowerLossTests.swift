import SystemPackage
import TestImages
import Testing

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

extension SystemTests {
  /// The emulator is killed while it stores modules, and started again on the same flash (docs/RELIABILITY.md).
  @Suite struct PowerLossTests {
    /// How often, on each board: HOTRELOAD_TEST_KILLS for more.
    private static let kills = setting("HOTRELOAD_TEST_KILLS") ?? 4
    /// Printed, and taken again from HOTRELOAD_TEST_SEED.
    private static let seed = setting("HOTRELOAD_TEST_SEED") ?? .random(in: 0..<1 << 32)

    private static func setting(_ name: String) -> UInt64? {
      ProcessInfo.processInfo.environment[name].flatMap(UInt64.init)
    }

    /// Makes the module say no to being loaded: the device marks it bad and goes back to the one before it.
    private static let refusal = """

      #include "hotreload_module.h"
      static int refuse(hotreload_load_reason_t reason) { (void)reason; return 1; }
      HOTRELOAD_ON_LOAD(refuse);
      """

    @Test(arguments: Board.all)
    func aKilledDeviceComesUpWithTheModuleBeforeOrTheOneAfter(on board: Board) async throws {
      let project = try await FirmwareProject.basic(on: board)
      let flash = try project.scratchFile("killed.bin")
      var images: [[UInt8]] = []
      for greeting in ["Eins", "Zwei", "Never"] {
        try project.greet(with: greeting)
        if greeting == "Never" {
          let source = project.sources.pushing(FilePath(FirmwareProject.moduleSource))
          try project.write(
            String(contentsOfFile: source.string, encoding: .utf8) + Self.refusal,
            to: FirmwareProject.moduleSource)
        }
        try await project.build()
        images.append(try FirmwareProject.bytes(of: project.module))
      }
      try project.restore()
      try await project.build()

      print("\(board.testDescription): \(Self.kills) kills, HOTRELOAD_TEST_SEED=\(Self.seed)")
      var generator = SplitMix(Self.seed)
      for kill in 0...Self.kills {
        let image = images[Int(kill % 3)]
        let delay = Duration.milliseconds(Int.random(in: 0..<600, using: &generator))
        try await VirtualDevice.run(project, flash: flash) { device in
          let line = try await device.console.line(containing: ", World")
          let greetings = ["Hello", "Eins", "Zwei"]
          #expect(greetings.contains { line.contains("\($0), World") }, "\(line)")
          guard kill < Self.kills else { return }
          async let reply = try? SignedUpload(image, key: project, to: device).send(to: device)
          // Nothing is waited for: the moment is what varies.
          try await Task.sleep(for: delay)
          device.cutPower()
          _ = await reply
        }
      }
    }
  }
}
