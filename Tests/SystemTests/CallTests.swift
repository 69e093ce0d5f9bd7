import HotReloadELF
import SystemPackage
import Testing

extension ModuleTests {
  /// Calls through stubs, on the virtual chip: whatever a signature asks for arrives, whatever is returned comes
  /// back.
  @Suite struct CallTests {
    /// Every board, and one more whose floating-point numbers have registers of their own.
    private static let boards = Board.all + [.riscv32.as("esp32p4", calls: "164 calls by ilp32f")]

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
        result.output.hasSuffix("\n\(board.calls) agree, 0 differ\n"),
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

    /// As dispatchers of interrupts call.
    @Test func anEmptySlotNamesWhatCALL4Called() async throws {
      let project = try await project(on: .xtensa)
      try project.edit(
        "main.c", replacing: "    all(before);\n    printf",
        with: "    ESP_ERROR_CHECK(hotreload_unload());\n    call4(three_of, 1, 2, 3);\n    printf")
      try await project.build()
      let result = try await Tool.run("run", "--plan", project.plan.string)
      #expect(result.exitCode == 102, "BOARD_STATUS_EMPTY_SLOT: \(result)")
      #expect(result.output.contains("called three_of, but"), "\(result)")
    }

    @Test func callsThatLeaveAStubNoRegisterAreRefused() async throws {
      let project = try await project(on: .xtensa)
      try project.edit(
        "module.c", replacing: "return a * b;",
        with: "__asm__ volatile(\"callx12 %0\" : : \"r\"(add)); return a * b;")
      let build = try await Tool.run("build", "--plan", project.plan.string)
      #expect(build.exitCode == 2, "\(build)")
      #expect(build.errors.contains("'multiply' in "), "\(build)")
      #expect(build.errors.contains("calls with CALL12 or CALLX12"), "\(build)")
    }

    /// LLVM passes scalars as GCC does. Structures of a few bytes or words, results of more than two words and variadic
    /// functions are its own way (docs/XTENSA.md).
    @Test func aModuleOfAnotherCompilerIsCalledWithScalars() async throws {
      let project = try await FirmwareProject.shared(
        "calls-of-scalars", { .fixture("Calls", firmware: "calls") }, on: .xtensa,
        options: ["-DCALLS_DEFINITIONS=CALLS_OF_SCALARS"])
      let clang = Repository.root.pushing("Tests/Fixtures/Calls/clang")
      try project.edit(
        FirmwareProject.buildFile, replacing: "COMPILE_OPTIONS -Os",
        with: "COMPILE_OPTIONS -B\(clang)/ -Os")
      try await project.build()
      let result = try await Tool.run("run", "--plan", project.plan.string)
      #expect(result.exitCode == 0, "\(result)")
      #expect(result.output.hasSuffix("\n116 calls by windows agree, 0 differ\n"), "\(result)")
    }

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
