import HotReloadELF
import SystemPackage
import Testing

extension SystemTests {
  /// Calls through stubs, on the virtual chip: whatever a signature asks for arrives, whatever is returned comes
  /// back.
  @Suite struct CallTests {
    private static let project = make(for: "qemu-riscv32")
    /// Floating-point numbers in registers of their own.
    private static let hardFloat = make(for: "esp32p4")

    private static func make(for chip: String) -> Task<FirmwareProject, any Error> {
      Task {
        let folder = Repository.root.pushing("Tests/Fixtures/Calls")
        return try await FirmwareProject(
          name: "calls-\(chip)", FirmwareProject.Template(folder: folder, firmware: "calls"),
          options: ["-DHOTRELOAD_CHIP=\(chip)"])
      }
    }

    @Test(arguments: ["ilp32", "ilp32f"], ["-Os", "-O0", "-O3"])
    func bothSidesSeeTheSameValues(abi: String, level: String) async throws {
      let project = try await (abi == "ilp32" ? Self.project : Self.hardFloat).value
      try project.edit(
        FirmwareProject.buildFile, replacing: "COMPILE_OPTIONS -Os",
        with: "COMPILE_OPTIONS \(level)")
      try await project.build()
      let result = try await Tool.run("run", "--plan", project.plan.string)
      #expect(result.exitCode == 0, "\(result)")
      #expect(result.output.hasSuffix("\n150 calls by \(abi) agree, 0 differ\n"), "\(result)")
    }

    @Test func anEmptySlotNamesTheLongestName() async throws {
      let project = try await Self.project.value
      try project.edit(
        "main.c", replacing: "    all(before);\n    printf",
        with: "    ESP_ERROR_CHECK(hotreload_unload());\n    long_name(1);\n    printf")
      try await project.build()
      let result = try await Tool.run("run", "--plan", project.plan.string)
      try project.restore()
      #expect(result.exitCode == 102, "BOARD_STATUS_EMPTY_SLOT: \(result)")
      #expect(result.output.contains(Self.longestName), "\(result)")
    }

    /// `long_name` of calls.h.
    private static let longestName = String(repeating: "sixteen_letters_", count: 128)

    @Test func everyStubHasAtMostFourInstructions() async throws {
      let project = try await Self.project.value
      let bytes = try FirmwareProject.bytes(of: project.firmware)
      var sizes: [String: UInt32] = [:]
      let names = [
        "add", "seventeen", "result_large", "variadic", "dotted.name.1", "größe", Self.longestName,
      ]
      for (name, symbol) in try LinkedSymbols(bytes).all where names.contains(name) {
        sizes[name] = symbol.byteCount
      }
      #expect(sizes.count == names.count, "\(sizes.keys)")
      // 4 instructions of 4 bytes.
      #expect(sizes.values.allSatisfy { $0 > 0 && $0 <= 16 }, "\(sizes)")
    }
  }
}
