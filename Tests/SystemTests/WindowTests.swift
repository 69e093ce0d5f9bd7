import SystemPackage
import Testing

extension ModuleTests {
  /// The vectors of the Xtensa board: register windows, interrupts, traps.
  @Suite struct WindowTests {
    private func run(
      _ firmware: String, on board: Board = .xtensa
    ) async throws -> ChildProcess.Result {
      let project = try await FirmwareProject.shared(
        "windows", { .fixture("Windows", firmware: "windows") }, on: board)
      return try await Tool.run(
        "run", "--board", board.folder.string, "--chip", board.chip,
        project.buildFolder.appending("\(firmware).elf").string)
    }

    /// Deep recursion by windows of every size, loops, shifts, S32C1I, alloca, longjmp, with an interrupt every 100 µs.
    @Test func nothingIsLostWhileInterruptsCome() async throws {
      let result = try await run("windows")
      #expect(result.exitCode == 0, "\(result)")
      #expect(result.output.contains("0 wrong\n"), "\(result)")
    }

    /// Where the stack ends nothing is mapped: a store by a window vector, by a function, and in between.
    @Test(arguments: ["recursion", "large_frame"])
    func aStackOverflowIsReportedAsOne(firmware: String) async throws {
      let result = try await run(firmware)
      #expect(result.exitCode == 100, "BOARD_STATUS_TRAP: \(result)")
      #expect(result.output.contains("\ntrap: StoreProhibited"), "\(result)")
      #expect(result.output.contains("the stack has overflown\n"), "\(result)")
      let report = try #require(
        result.output.firstMatch(
          of: /exccause 0000001d  epc1 ([0-9a-f]{8})  excvaddr ([0-9a-f]{8})/),
        "\(result)")
      let pc = try #require(UInt32(report.1, radix: 16))
      #expect(0x4804_0000..<0x4B00_0000 ~= pc, "in the firmware: \(result)")
    }

    /// Its registers are those of the program that was interrupted.
    @Test func aBadStackPointerIsReportedWhenAnInterruptNeedsIt() async throws {
      let result = try await run("interrupted")
      #expect(result.exitCode == 100, "BOARD_STATUS_TRAP: \(result)")
      #expect(result.output.contains("\ntrap: StoreProhibited"), "\(result)")
      #expect(result.output.contains("a1  00000010"), "\(result)")
    }

    @Test func aTrapInAHandlerEndsTheProgram() async throws {
      let result = try await run("nested")
      #expect(result.exitCode == 101, "BOARD_STATUS_NESTED_TRAP: \(result)")
    }

    /// What the board does in place of an ESP32's IRAM it does in handlers, too, and at the end of a loop.
    @Test func aHandlerRunsInMemoryOfWords() async throws {
      let result = try await run("word_handler", on: .xtensa.as("esp32"))
      #expect(result.exitCode == 0, "\(result)")
      #expect(result.output.contains("10000 of 10000\n"), "\(result)")
    }
  }
}
