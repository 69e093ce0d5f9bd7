import HotReloadClient
import HotReloadLoader
import SystemPackage
import Testing

@testable import HotReloadCommands

extension ModuleTests {
  /// The virtual device as an ESP32, S2 or S3: what their memories forbid, and external RAM.
  @Suite struct XtensaChipTests {
    /// What a probe comes to: EXCCAUSE (Xtensa ISA, "Exception Causes"), or nothing.
    enum Outcome: Equatable, Sendable {
      case goesOn
      case trap(cause: UInt8, name: String)

      static let wrongSize = Outcome.trap(cause: 3, name: "LoadStoreError")
      static let misaligned = Outcome.trap(cause: 9, name: "LoadStoreAlignment")
      static let notExecutable = Outcome.trap(cause: 20, name: "InstrFetchProhibited")
      static let notWritable = Outcome.trap(cause: 29, name: "StoreProhibited")
    }

    @Test(
      arguments: [
        ("esp32", "store_words_into_code", .goesOn),
        ("esp32", "store_bytes_into_code", .wrongSize),
        ("esp32", "load_bytes_of_code", .wrongSize),
        ("esp32", "load_across_words_of_code", .misaligned),
        ("esp32", "jump_into_data", .notExecutable),
        ("esp32s2", "store_words_into_code", .notWritable),
        ("esp32s2", "jump_into_data", .notExecutable),
        ("esp32s3", "store_words_into_code", .notWritable),
        ("esp32s3", "load_bytes_of_code", .goesOn),
        ("esp32s3", "jump_into_data", .notExecutable),
        ("qemu-xtensa", "store_bytes_into_code", .goesOn),
        ("qemu-xtensa", "jump_into_data", .goesOn),
      ] as [(String, String, Outcome)])
    func forbidsWhatTheChipForbids(name: String, probe: String, outcome: Outcome) async throws {
      let chip = try #require(ChipName.find(name))
      let project = try await FirmwareProject.basic(on: .xtensa.as(name))
      try project.write(
        FirmwareProject.fixture("Modules/probe_xtensa.c")
          .replacing("PROBE();", with: "\(probe)();"),
        to: FirmwareProject.moduleSource)
      try await project.build()
      guard case .trap(let cause, let causeName) = outcome else {
        return try await VirtualDevice.run(project) { device in
          _ = try await device.console.line(containing: "World: went on")
        }
      }
      let result = try await Tool.run("run", "--plan", project.plan.string)
      #expect(result.exitCode == 100, "BOARD_STATUS_TRAP: \(result)")
      #expect(result.output.contains("\ntrap: \(causeName)"), "\(result)")
      let registers = try #require(
        result.output.firstMatch(
          of: /exccause ([0-9a-f]{8})  epc1 ([0-9a-f]{8})  excvaddr ([0-9a-f]{8})/),
        "\(result)")
      #expect(UInt8(registers.1, radix: 16) == cause, "\(result)")
      let pc = try #require(UInt32(registers.2, radix: 16))
      let address = try #require(UInt32(registers.3, radix: 16))
      let executed = outcome == .notExecutable ? chip.dataBus : chip.instructionBus
      #expect(executed.contains(pc), "\(result)")
      #expect(executed.contains(address), "\(result)")
    }

    /// Firmware that asks for external RAM gets it where the chip executes it: through an alias (S3), through pages of
    /// the MMU (S2).
    @Test(
      arguments: [
        ("esp32s2", 0x3F50_0000..<0x3F70_0000, 0x4009_0000..<0x4028_0000),
        ("esp32s3", 0x3C00_0000..<0x3C80_0000, 0x4200_0000..<0x4280_0000),
      ] as [(String, Range<UInt32>, Range<UInt32>)])
    func externalMemoryIsExecuted(
      name: String, data: Range<UInt32>, code: Range<UInt32>
    ) async throws {
      let project = try await externalProject(on: name)
      try await VirtualDevice.run(project) { device in
        try await device.greeting("Hello")
        for greeting in ["One", "Two", "Three"] {
          try project.greet(with: greeting)
          let reload = try await Tool.reload(project, to: device)
          try #require(reload.exitCode == 0, "\(reload)")
          try await device.greeting(greeting)
          let module = try await device.module()
          #expect(data.contains(try #require(module.address)), "\(module)")
          #expect(code.contains(try #require(module.executableAddress)), "\(module)")
        }
      }
    }

    /// The ESP32 has none that it could execute.
    @Test func externalMemoryIsRefusedWhereItIsNotExecutable() async throws {
      let project = try await externalProject(on: "esp32")
      try await VirtualDevice.run(project) { device in
        let reload = try await Tool.reload(project, to: device)
        #expect(reload.exitCode == 4, "\(reload)")
        #expect(try await device.status().modules.allSatisfy { $0.address == nil })
      }
    }

    private func externalProject(on name: String) async throws -> FirmwareProject {
      let project = try await FirmwareProject.shared(
        "external", { .example("basic") }, on: .xtensa.as(name))
      try project.edit(
        FirmwareProject.mainSource, replacing: "HOTRELOAD_CONFIG_DEFAULT();\n",
        with: "HOTRELOAD_CONFIG_DEFAULT();\n    config.heap_caps = 1 << 10;  // MALLOC_CAP_SPIRAM\n"
      )
      try await project.build()
      return project
    }
  }
}
