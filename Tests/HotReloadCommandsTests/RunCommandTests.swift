import SystemPackage
import Testing

@testable import HotReloadCommands

/// `run` with shell scripts in the emulator's place.
@Suite(.timeLimit(.minutes(1))) struct RunCommandTests {
  private let world: TestWorld

  init() throws {
    world = try TestWorld()
    try world.write("ELF", to: "firmware.elf")
  }

  /// A board whose emulator is `script`: $1 the firmware, $2 the port, $3 the flash.
  private func writeBoard(_ script: String, ready: String? = nil) throws {
    try world.write(
      "#!/bin/sh\n\(script)\n", to: "board/emulator", permissions: .ownerReadWriteExecute)
    let emulator = world.path("board/emulator")
    try world.write(
      """
      name = "fake"
      program = "\(emulator)"
      arguments = ["{firmware}", "{port}", "{flash}"]
      flash_size = 2097152
      \(ready.map { "ready = \"\($0)\"" } ?? "")
      [[partitions]]
      label = "hotreload"
      offset = 0
      size = 524288
      erase_size = 262144
      """, to: "board/board.toml")
  }

  @Test func passesTheConsoleAndTheExitCodeOn() async throws {
    try writeBoard("echo \"runs $1\"; exit 42")
    let exit = await world.run(["run", "--board", "./board", "firmware.elf"])
    #expect(exit.rawValue == 42, "\(world.standardError)")
    #expect(world.standardOutput == "runs \(world.path("firmware.elf"))\n")
  }

  @Test func aSignalOfTheEmulatorIsAnExitCode() async throws {
    try writeBoard("kill -9 $$")
    let exit = await world.run(["run", "--board", "./board", "firmware.elf"])
    #expect(exit.rawValue == 128 + 9)
  }

  @Test func theURLIsSaidWhenTheConsoleIsReady() async throws {
    let url = world.path("url")
    try writeBoard(
      "test -e \(url) && echo early; printf liste; echo ning; until test -e \(url); do :; done; "
        + "cat \(url)", ready: "listening")
    let exit = await world.run([
      "run", "--board", "./board", "firmware.elf", "--port", "4711", "--url-file", "url",
    ])
    #expect(exit == .success, "\(world.standardError)")
    #expect(world.standardOutput == "listening\nhttp://127.0.0.1:4711\n")
    #expect(world.standardError == "hotreload: fake answers at http://127.0.0.1:4711\n")
  }

  @Test func aNewFlashHasTheBoardsSizeAndStays() async throws {
    try writeBoard("wc -c < \"$3\"; printf x | dd of=\"$3\" conv=notrunc 2> /dev/null")
    let arguments = ["run", "--board", "./board", "firmware.elf", "--flash", "flash.bin"]
    #expect(await world.run(arguments) == .success)
    #expect(await world.run(arguments) == .success, "\(world.standardError)")
    #expect(world.standardOutput == "2097152\n2097152\n")
    #expect(try InputFile.read(world.path("flash.bin")).first == UInt8(ascii: "x"))
  }

  @Test func anotherFlashSizeIsRefused() async throws {
    try writeBoard("exit 0")
    try world.write("short", to: "flash.bin")
    let exit = await world.run(
      ["run", "--board", "./board", "firmware.elf", "--flash", "flash.bin"])
    #expect(exit == .failure)
    #expect(world.standardError.contains("no flash of this board"))
    #expect(try InputFile.read(world.path("flash.bin")) == Array("short".utf8))
  }

  @Test func aTemporaryFlashGoes() async throws {
    try writeBoard("echo \"$3\"")
    let exit = await world.run(
      ["run", "--board", "./board", "firmware.elf"], environment: ["TMPDIR": world.folder.string])
    #expect(exit == .success, "\(world.standardError)")
    let flash = FilePath(String(world.standardOutput.dropLast()))
    #expect(flash.starts(with: world.folder))
    #expect(!InputFile.exists(flash))
    #expect(!InputFile.exists(flash.removingLastComponent()))
  }

  @Test func modulesAreWrittenToTheirPartition() async throws {
    try writeBoard("exit 0")
    let image = Array("\u{7F}ELF module".utf8)
    try world.write(image, to: "module.elf")
    let exit = await world.run([
      "run", "--board", "./board", "firmware.elf", "--flash", "flash.bin", "--module",
      "hotreload=module.elf",
    ])
    #expect(exit == .success, "\(world.standardError)")
    let flash = try InputFile.read(world.path("flash.bin"))
    // docs/STORE.md: header magic, then the image at 512.
    #expect(Array(flash[0..<4]) == Array("HRS1".utf8))
    #expect(Array(flash[512..<512 + image.count]) == image)
  }

  @Test func aCancelledRunEndsTheEmulatorAndCleansUp() async throws {
    try writeBoard("echo started $$; exec sleep 1000", ready: "started")
    let world = world
    let run = Task {
      await HotReloadTool.run(
        ["run", "--board", "./board", "firmware.elf", "--url-file", "url"],
        in: world.context(environment: ["TMPDIR": world.folder.string]))
    }
    await world.output(contains: "answers at http://127.0.0.1:")
    #expect(InputFile.exists(world.path("url")))
    run.cancel()
    #expect(await run.value.rawValue == 130)
    #expect(!InputFile.exists(world.path("url")))
    let number = try #require(
      world.standardOutput.split(separator: " ").last.flatMap {
        Int32($0.filter(\.isNumber))
      })
    #expect(Processes.isGone(number), "process \(number)")
  }

  @Test(arguments: [
    (["run", "--board", "missing", "firmware.elf"], "no board 'missing'"),
    (["run", "--board", "./board", "missing.elf"], "no firmware"),
    (["run", "firmware.elf"], "no board"),
    (
      ["run", "--board", "./board", "firmware.elf", "--module", "x=module.elf"], "no partition 'x'"
    ),
  ])
  func saysWhatIsMissing(arguments: [String], problem: String) async throws {
    try writeBoard("exit 0")
    #expect(await world.run(arguments) != .success)
    #expect(world.standardError.contains(problem), "\(world.standardError)")
  }

  @Test func anEmulatorThatIsNotInstalledIsNamed() async throws {
    try writeBoard("exit 0")
    try world.write(
      String(decoding: InputFile.read(world.path("board/board.toml")), as: UTF8.self)
        .replacing(world.path("board/emulator").string, with: "no-such-emulator"),
      to: "board/board.toml")
    let exit = await world.run(["run", "--board", "./board", "firmware.elf"])
    #expect(exit == .failure)
    #expect(world.standardError.contains("no-such-emulator is not installed"))
  }
}
