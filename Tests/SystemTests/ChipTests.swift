import HotReloadClient
import HotReloadLoader
import SystemPackage
import Testing

@testable import HotReloadCommands

extension ModuleTests {
  /// The virtual device as a chip: its memory map and its instructions.
  @Suite struct ChipTests {
    /// Two buses: C2, C3, S2, S3. Memories of words for code: ESP32. One bus: the others; behind caches, with
    /// floating-point registers: P4.
    private static let boards =
      ["esp32c2", "esp32c3", "esp32c5", "esp32c6", "esp32c61", "esp32h2", "esp32p4"].map {
        Board.riscv32.as($0)
      } + ["esp32", "esp32s2", "esp32s3"].map { Board.xtensa.as($0) }

    @Test(arguments: boards)
    func reloadsCodeThatUsesAllOfTheLanguage(on board: Board) async throws {
      let chip = try #require(ChipName.find(board.chip))
      let project = try await FirmwareProject.basic(on: board)
      try await VirtualDevice.run(project) { device in
        let before = try await device.greeting("Hello")
        #expect(try await device.status().chip == board.chip)

        try project.write(
          fixturesOf: "Modules", as: ["language.c": FirmwareProject.moduleSource])
        let reload = try await Tool.reload(project, to: device)
        try #require(reload.exitCode == 0, "\(reload)")
        let line = try await device.console.line(containing: "World: ")
        #expect(line.contains("World: all right"), "\(device.console.text)")

        let module = try await device.module()
        let address = try #require(module.address)
        let executableAddress = try #require(module.executableAddress)
        #expect(chip.dataBus.contains(address), "\(module)")
        #expect(chip.instructionBus.contains(executableAddress), "\(module)")
        if chip.instructionSet != .xtensa {
          #expect(executableAddress &- address == chip.executableOffset, "\(module)")
        }
        #expect(address % chip.cacheLine == 0, "\(module)")

        try project.greet(with: "Bonjour")
        let second = try await Tool.reload(project, to: device)
        try #require(second.exitCode == 0, "\(second)")
        let after = try await device.greeting("Bonjour")
        #expect(after.boot == before.boot)
      }
    }

    /// What a probe comes to: the cause of a trap (privileged specification, scause), or nothing.
    enum Outcome: Equatable, Sendable {
      case goesOn
      case trap(cause: UInt8, name: String)

      static let illegal = Outcome.trap(cause: 2, name: "illegal instruction")
      static let notExecutable = Outcome.trap(cause: 12, name: "instruction page fault")
      static let notWritable = Outcome.trap(cause: 15, name: "store page fault")
    }

    @Test(
      arguments: [
        ("esp32c2", "store_into_code", .notWritable),
        ("esp32c2", "jump_into_data", .notExecutable),
        ("esp32c2", "add_atomically", .illegal),
        ("esp32c3", "store_into_code", .notWritable),
        ("esp32c3", "jump_into_data", .notExecutable),
        ("esp32c3", "add_atomically", .illegal),
        ("esp32c6", "store_into_code", .goesOn),
        ("esp32c6", "jump_into_data", .goesOn),
        ("esp32c6", "add_atomically", .goesOn),
        ("esp32c6", "add_single", .illegal),
        ("esp32c6", "count_bits", .illegal),
        ("esp32p4", "add_single", .goesOn),
        ("esp32p4", "add_double", .illegal),
      ] as [(String, String, Outcome)])
    func forbidsWhatTheChipForbids(name: String, probe: String, outcome: Outcome) async throws {
      let chip = try #require(ChipName.find(name))
      let project = try await FirmwareProject.basic(on: .riscv32.as(name))
      try project.write(
        FirmwareProject.fixture("Modules/probe.c").replacing("PROBE();", with: "\(probe)();"),
        to: FirmwareProject.moduleSource)
      try await project.build()
      guard case .trap(let cause, let causeName) = outcome else {
        return try await VirtualDevice.run(project) { device in
          _ = try await device.console.line(containing: "World: went on")
        }
      }
      let result = try await Tool.run("run", "--plan", project.plan.string)
      #expect(result.exitCode == 100, "BOARD_STATUS_TRAP: \(result)")
      #expect(result.output.contains("trap: \(causeName) in reloadable_hello+0x"), "\(result)")
      let registers = try #require(
        result.output.firstMatch(
          of: /scause ([0-9a-f]{8})  sepc ([0-9a-f]{8})  stval ([0-9a-f]{8})/),
        "\(result)")
      #expect(UInt8(registers.1, radix: 16) == cause, "\(result)")
      let pc = try #require(UInt32(registers.2, radix: 16))
      let value = try #require(UInt32(registers.3, radix: 16))
      if outcome == .notExecutable {
        #expect(chip.dataBus.contains(pc) && value == pc, "\(result)")
      } else {
        #expect(chip.instructionBus.contains(pc), "\(result)")
      }
      if outcome == .notWritable { #expect(chip.instructionBus.contains(value), "\(result)") }
    }

    @Test func aBuildFolderStaysWithItsChip() async throws {
      let project = try await FirmwareProject.basic(on: .riscv32.as("esp32c3"))
      let result = try await ChildProcess.run(
        project.configuration(in: project.buildFolder) + ["-DHOTRELOAD_CHIP=esp32c6"])
      #expect(result.exitCode == 1, "\(result)")
      #expect(result.errors.contains("for the chip esp32c3"), "\(result)")
      try await project.build()
    }

    @Test func aChipThatTheBoardCannotBeIsRefusedAndOthersAreNamed() async throws {
      let project = try await FirmwareProject.basic(on: .riscv32.as("esp32c3"))
      let result = try await ChildProcess.run(
        project.configuration(in: project.folder.appending("unknown"))
          + ["-DHOTRELOAD_CHIP=esp32s3"])
      #expect(result.exitCode == 1, "\(result)")
      for name in ["'esp32s3'", "qemu-riscv32", "esp32c61", "esp32p4"] {
        #expect(result.errors.contains(name), "\(result)")
      }
    }

    /// Old and new module are in memory together, for a moment: of 256 KiB, what two need is not there for three.
    @Test func memoryOfOldModulesIsUsedAgain() async throws {
      let project = try await FirmwareProject.basic(on: .riscv32.as("esp32c2"))
      func reload(_ greeting: String, kibibytes: Int, to device: VirtualDevice) async throws
        -> ChildProcess.Result
      {
        try project.write(
          project.original(FirmwareProject.moduleSource)
            .replacing("\"Hello\"", with: "\"\(greeting)\"")
            .replacing(
              "    hello_count = 0;",
              with: "    static char room[\(kibibytes) * 1024];\n"
                + "    for (unsigned i = 0; i < sizeof room; i++)\n"
                + "        ((volatile char *)room)[i] = 1;\n    hello_count = 0;"),
          to: FirmwareProject.moduleSource)
        return try await Tool.reload(project, to: device)
      }
      try await VirtualDevice.run(project) { device in
        for greeting in ["One", "Two", "Three", "Four"] {
          let result = try await reload(greeting, kibibytes: 120, to: device)
          try #require(result.exitCode == 0, "\(result)")
          try await device.greeting(greeting)
        }
        let result = try await reload("Five", kibibytes: 140, to: device)
        #expect(result.exitCode == 4, "\(result)")
        #expect(result.errors.contains("memory"), "\(result)")
        try await device.newGreeting("Four")
      }
    }
  }
}
