import SystemPackage
import Testing

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

extension ModuleTests {
  /// A module in Embedded Swift, on the chip.
  @Suite struct SwiftModuleTests {
    private static let template = FirmwareProject.Template.fixture(
      "SwiftModule", firmware: "swift_firmware")

    @Test func aMissingCompilerIsSaidAtConfiguration() async throws {
      let board = Repository.root.pushing("Boards/qemu-riscv32/toolchain.cmake")
      let result = try await ChildProcess.run([
        "cmake", "-G", "Ninja", "-S", Self.template.folder.string,
        "-B", Repository.scratch.appending("swift-no-compiler").string,
        "-DCMAKE_TOOLCHAIN_FILE=\(board)", "-DHOTRELOAD_SWIFTC=/nowhere/swiftc",
      ])
      #expect(result.exitCode != 0)
      #expect(result.errors.contains("no Swift compiler at '/nowhere/swiftc'"), "\(result)")
      #expect(result.errors.contains("-DHOTRELOAD_SWIFTC="), "\(result)")
    }

    @Test func aConfigurationLeavesNothingInTheTemporaryFolder() async throws {
      let folder = Repository.scratch.appending("swift-temporaries")
      let temporary = folder.appending("tmp").string
      let files = FileManager.default
      if files.fileExists(atPath: folder.string) { try files.removeItem(atPath: folder.string) }
      try files.createDirectory(atPath: temporary, withIntermediateDirectories: true)
      try await ChildProcess.succeed([
        "env", "TMPDIR=\(temporary)", "cmake", "-G", "Ninja", "-S", Self.template.folder.string,
        "-B", folder.appending("build").string,
        "-DCMAKE_TOOLCHAIN_FILE=\(Repository.root.pushing("Boards/qemu-riscv32/toolchain.cmake"))",
        "-DHOTRELOAD_ROOT=\(Repository.root)", "-DHOTRELOAD_TOOL=\(Repository.tool)",
      ])
      #expect(try files.contentsOfDirectory(atPath: temporary) == [])
    }

    /// One bus, and two with a core that has no atomic instructions; C by GCC, linked by GNU ld. Xtensa by LLVM 22.
    @Test(arguments: [
      Board.riscv32, .riscv32.as("esp32c3"), .riscv32.as("esp32c6", by: "gcc"), .xtensa,
    ])
    func theLanguageWorksAndNothingLeaksOverReloads(on board: Board) async throws {
      let project = try await FirmwareProject.shared("swift", { Self.template }, on: board)
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

    /// Without the optimizer, by compilers that were started ahead.
    @Test(arguments: [Board.riscv32, .xtensa])
    func savesOfADebugBuildAreReloadedBesideWatch(on board: Board) async throws {
      let project = try await FirmwareProject.shared(
        "swift-debug", { Self.template }, on: board, options: ["-DCMAKE_BUILD_TYPE=Debug"])
      try await VirtualDevice.run(project) { device in
        let checks = try await device.console.line(containing: " checks held, ")
        #expect(checks.contains(/^[2-9][0-9] checks held, 0 failed/), "\(device.console.text)")
        let exitCode = try await Tool.watching(project, on: device) { watch in
          try await watch.output.line(containing: "unchanged")
          for answer in 43...45 {
            try project.edit(
              "language.swift", replacing: "answer: CInt = 42", with: "answer: CInt = \(answer)")
            try await watch.output.line(containing: "language.swift: ")
            try await device.console.line(containing: "the answer is \(answer)")
          }
        }
        #expect(exitCode == 0)
      }
    }
  }
}
