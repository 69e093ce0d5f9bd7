import HotReloadELF
import SystemPackage
import Testing

extension SystemTests {
  /// Calls through stubs, on the virtual chip: whatever a signature asks for arrives, whatever is returned comes
  /// back.
  @Suite struct CallTests {
    /// Every board, and one more whose floating-point numbers have registers of their own.
    private static let boards = Board.all + [.riscv32.as("esp32p4", "ilp32f")]

    private func project(on board: Board) async throws -> FirmwareProject {
      try await FirmwareProject.shared("calls", { .fixture("Calls", firmware: "calls") }, on: board)
    }

    @Test(arguments: boards, ["-Os", "-O0", "-O3"])
    func bothSidesSeeTheSameValues(on board: Board, level: String) async throws {
      let project = try await project(on: board)
      try project.edit(
        FirmwareProject.buildFile, replacing: "COMPILE_OPTIONS -Os",
        with: "COMPILE_OPTIONS \(level)")
      try await project.build()
      let result = try await Tool.run("run", "--plan", project.plan.string)
      #expect(result.exitCode == 0, "\(result)")
      #expect(
        result.output.hasSuffix("\n150 calls by \(board.callingConvention) agree, 0 differ\n"),
        "\(result)")
    }

    @Test(arguments: Board.all)
    func anEmptySlotNamesTheLongestName(on board: Board) async throws {
      let project = try await project(on: board)
      try project.edit(
        "main.c", replacing: "    all(before);\n    printf",
        with: "    ESP_ERROR_CHECK(hotreload_unload());\n    long_name(1);\n    printf")
      try await project.build()
      let result = try await Tool.run("run", "--plan", project.plan.string)
      #expect(result.exitCode == 102, "BOARD_STATUS_EMPTY_SLOT: \(result)")
      #expect(result.output.contains(Self.longestName), "\(result)")
    }

    /// `long_name` of calls.h.
    private static let longestName = String(repeating: "sixteen_letters_", count: 128)

    @Test(arguments: Board.all)
    func everyStubHasAtMostFourInstructions(on board: Board) async throws {
      let project = try await project(on: board)
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
