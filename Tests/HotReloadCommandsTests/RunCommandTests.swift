import SystemPackage
import Testing

@testable import HotReloadCommands

/// `run` with shell scripts in the emulator's place.
@Suite(.timeLimit(.minutes(5))) struct RunCommandTests {
  private let world: TestWorld

  init() throws {
    world = try TestWorld()
    try world.write(Self.firmware(), to: "firmware.elf")
  }

  /// An ELF32 header (gABI, "ELF Header") without segments: an executable for RISC-V unless told otherwise.
  private static func firmware(type: UInt8 = 2, machine: UInt8 = 243) -> [UInt8] {
    var bytes: [UInt8] = [0x7F, 0x45, 0x4C, 0x46, 1, 1, 1] + Array(repeating: 0, count: 45)
    (bytes[16], bytes[18], bytes[20]) = (type, machine, 1)
    return bytes
  }

  /// A board whose emulator is `script`: $1 the firmware, $2 the socket, $3 the flash.
  private func writeBoard(_ script: String, ready: String? = nil, chips: String = "") throws {
    try world.write(
      "#!/bin/sh\n\(script)\n", to: "board/emulator", permissions: .ownerReadWriteExecute)
    let emulator = world.path("board/emulator")
    try world.write(
      """
      name = "fake"
      program = "\(emulator)"
      arguments = ["{firmware}", "{socket}", "{flash}"]
      flash_size = 2097152
      \(ready.map { "ready = \"\($0)\"" } ?? "")
      [[partitions]]
      label = "hotreload"
      offset = 0
      size = 524288
      erase_size = 262144
      \(chips)
      """, to: "board/board.toml")
  }

  @Test func passesTheConsoleAndTheExitCodeOn() async throws {
    try writeBoard("echo \"runs $1\"; exit 42")
    let exit = await world.run(["run", "--board", "./board", "firmware.elf"])
    #expect(exit.rawValue == 42, "\(world.standardError)")
    #expect(world.standardOutput == "runs \(world.path("firmware.elf"))\n")
  }

  /// A board that can be two chips; the emulator prints what the chip adds.
  private func writeChips() throws {
    try writeBoard(
      "echo \"core $4\"",
      chips: """
        [[chips]]
        name = "esp32c6"
        arguments = ["six"]
        [[chips]]
        name = "qemu-riscv32"
        arguments = ["virt"]
        """)
  }

  @Test(arguments: [
    (plan: false, arguments: [], core: "six"),
    (plan: false, arguments: ["--chip", "qemu-riscv32"], core: "virt"),
    (plan: true, arguments: [], core: "virt"),
    (plan: true, arguments: ["--chip", "esp32c6"], core: "six"),
  ])
  func theChipIsNamedElseThePlansElseTheBoardsFirst(
    plan: Bool, arguments: [String], core: String
  ) async throws {
    try writeChips()
    if plan {
      try world.writePlan(board: world.path("board").string)
      try world.write(Self.firmware(), to: "build/firmware.elf")
    }
    let firmware = plan ? [] : ["--board", "./board", "firmware.elf"]
    let exit = await world.run(["run"] + firmware + arguments)
    #expect(exit == .success, "\(world.standardError)")
    #expect(world.standardOutput == "core \(core)\n")
  }

  @Test func aChipThatTheBoardCannotBeIsRefusedAndOthersAreNamed() async throws {
    try writeChips()
    let exit = await world.run([
      "run", "--board", "./board", "firmware.elf", "--chip", "esp32p4",
    ])
    #expect(exit == .usage)
    #expect(world.standardOutput.isEmpty)
    #expect(
      world.standardError.contains("cannot be the chip 'esp32p4'"), "\(world.standardError)")
    #expect(world.standardError.contains("esp32c6, qemu-riscv32"), "\(world.standardError)")
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
    #expect(!InputFile.exists(url))
    #expect(world.standardError == "hotreload: fake answers at http://127.0.0.1:4711\n")
  }

  @Test func anotherDevicesURLStays() async throws {
    try writeBoard("exit 0", ready: "never")
    try world.write("http://127.0.0.1:4712\n", to: "url")
    let arguments = ["run", "--board", "./board", "firmware.elf", "--url-file", "url"]
    #expect(await world.run(arguments) == .success, "\(world.standardError)")
    #expect(InputFile.exists(world.path("url")))
  }

  @Test(
    arguments: [
      ([], "not a complete"), (Array("#!/bin/sh\n".utf8), "not a complete"),
      (firmware(type: 3), "not an executable"),
      (firmware(machine: 94), "is for Xtensa, the board 'fake' is RISC-V"),
      (firmware(machine: 62), "is for machine 62, the board 'fake' is RISC-V"),
    ] as [([UInt8], String)])
  func whatIsNoFirmwareIsNotStarted(bytes: [UInt8], problem: String) async throws {
    try writeBoard("echo started")
    try world.write(bytes, to: "firmware.elf")
    #expect(await world.run(["run", "--board", "./board", "firmware.elf"]) == .failure)
    #expect(world.standardError.contains(problem), "\(world.standardError)")
    #expect(world.standardOutput.isEmpty)
  }

  @Test func aBoardThatIsNeverReadyIsEnded() async throws {
    try writeBoard("echo hello; exec sleep 1000", ready: "listening")
    var device = VirtualDevice(
      board: try .find("./board", in: [], context: world.context()),
      program: world.path("board/emulator"), firmware: "f", flash: "f", socket: "s")
    device.readyLimit = .milliseconds(50)
    let error = await #expect(throws: CommandFailure.self) {
      try await device.run(console: { _ in true }, onReady: {})
    }
    #expect(
      error?.message.contains("did not say 'listening'") == true, "\(String(describing: error))")
  }

  @Test func aConsoleThatNobodyReadsEndsTheEmulator() async throws {
    try writeBoard("echo listening; exec sleep 1000", ready: "listening")
    let device = VirtualDevice(
      board: try .find("./board", in: [], context: world.context()),
      program: world.path("board/emulator"), firmware: "f", flash: "f", socket: "s")
    let exit = try await device.run(console: { _ in false }, onReady: {})
    #expect(exit.rawValue == 128 + 13)
  }

  @Test func aPortInUseIsNamed() async throws {
    try writeBoard("echo started")
    let relay = try await ChannelRelay(port: 0, device: "/dev/null")
    let exit = await world.run(
      ["run", "--board", "./board", "firmware.elf", "--port", "\(relay.port)"])
    await relay.close()
    #expect(exit == .failure)
    #expect(
      world.standardError.contains("port \(relay.port) of 127.0.0.1 is in use"),
      "\(world.standardError)")
    #expect(world.standardOutput.isEmpty)
  }

  @Test func aTemporaryFolderWithALongNameIsNamed() async throws {
    try writeBoard("echo started")
    let long = world.path(String(repeating: "x", count: 100))
    try world.write("", to: "\(String(repeating: "x", count: 100))/file")
    let exit = await world.run(
      ["run", "--board", "./board", "firmware.elf"], environment: ["TMPDIR": long.string])
    #expect(exit == .failure)
    #expect(world.standardError.contains("hint: set TMPDIR"), "\(world.standardError)")
    #expect(world.standardOutput.isEmpty)
  }

  @Test func aFlashInUseIsNamed() async throws {
    try writeBoard("echo started")
    let flash = try FlashFile(
      world.path("flash.bin"),
      of: BoardDescriptor.find("./board", in: [], context: world.context()))
    let arguments = ["run", "--board", "./board", "firmware.elf", "--flash", "flash.bin"]
    #expect(await world.run(arguments) == .failure)
    #expect(world.standardError.contains("another device"), "\(world.standardError)")
    flash.close()
    #expect(await world.run(arguments) == .success, "\(world.standardError)")
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
