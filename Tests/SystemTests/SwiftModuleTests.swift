import SystemPackage
import Testing

extension SystemTests {
  /// A module in Embedded Swift, on the chip.
  @Suite struct SwiftModuleTests {
    /// One bus, and two with a core that has no atomic instructions.
    @Test(arguments: ["qemu-riscv32", "esp32c3"])
    func theLanguageWorksAndNothingLeaksOverReloads(chip: String) async throws {
      let project = try await FirmwareProject(
        name: "swift-\(chip)",
        FirmwareProject.Template(
          folder: Repository.root.pushing("Tests/Fixtures/SwiftModule"), firmware: "swift_firmware"),
        options: ["-DHOTRELOAD_CHIP=\(chip)"])
      try await VirtualDevice.run(project) { device in
        let checks = try await device.console.line(containing: " checks held, ")
        #expect(checks.contains(/^[2-9][0-9] checks held, 0 failed/), "\(device.console.text)")
        let memory = try await device.console.line(containing: "after 20 reloads: ")
        let expected = ": 0 bytes more, 0 objects, generation 22, 0 checks failed"
        #expect(memory.contains(expected), "\(memory)")
        try await device.console.line(containing: "the answer is 42")

        try project.edit(
          "language.swift", replacing: "answer: CInt = 42", with: "answer: CInt = 43")
        let reload = try await Tool.reload(project, to: device)
        try #require(reload.exitCode == 0, "\(reload)")
        try await device.console.line(containing: "the answer is 43")
        #expect(!device.console.text.contains("does not hold"), "\(device.console.text)")

        // Nothing to compile, nothing to send.
        let again = try await Tool.reload(project, to: device)
        #expect(again.output.contains(" unchanged\n"), "\(again)")
        #expect(!again.output.contains("compile"), "\(again)")
      }
    }
  }
}
