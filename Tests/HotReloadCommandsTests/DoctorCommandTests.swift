import SystemPackage
import Testing

@testable import HotReloadCommands

@Suite struct DoctorCommandTests {
  private let world: TestWorld

  init() throws {
    world = try TestWorld()
    for name in ["swift", "clang", "ld.lld", "qemu-system-riscv32", "cmake", "ninja"] {
      try world.write(
        "#!/bin/sh\necho \"\(name) version 1.2.3\"\n", to: "bin/\(name)",
        permissions: .ownerReadWriteExecute)
    }
  }

  private func run(_ arguments: [String] = []) async -> ToolExit {
    await world.run(["doctor"] + arguments, environment: ["PATH": world.path("bin").string])
  }

  @Test func everythingIsThere() async throws {
    try world.writePlan()
    try world.write("ELF", to: "build/firmware.elf")
    try world.write(Array(repeating: 7, count: 32), to: "build/hotreload.key")
    #expect(await run() == .success, "\(world.standardOutput)")
    #expect(
      world.standardOutput.contains(
        "ok      cmake: cmake version 1.2.3 (\(world.path("bin/cmake")))\n"))
    #expect(world.standardOutput.contains("ok      key file: "))
    #expect(world.standardOutput.contains("note    device: "))
  }

  @Test func aMissingProgramHasAHint() async throws {
    OutputFile.remove(world.path("bin/ninja"))
    #expect(await run() == .failure)
    #expect(world.standardOutput.contains("missing ninja: not found; builds firmware\n"))
    #expect(world.standardOutput.contains("hint: sudo apt-get install ninja-build\n"))
  }

  @Test func aProgramThatOnlySomeNeedIsANote() async throws {
    OutputFile.remove(world.path("bin/qemu-system-riscv32"))
    #expect(await run() == .success)
    #expect(world.standardOutput.contains("note    qemu-system-riscv32: not found"))
  }

  @Test(arguments: [
    (nil, "missing llc: not found; compiles Swift for Xtensa\n"),
    (
      "echo 'LLVM version 21.1.0'; echo '    xtensa     - Xtensa 32'", "is too old: LLVM 21, not 22"
    ),
    ("echo 'LLVM version 22.1.8'; echo '    riscv32    - 32-bit'", "has no back end for Xtensa"),
    ("echo 'LLVM version 22.1.8'; echo '    xtensa     - Xtensa 32'", "ok      llc: "),
  ])
  func aPlanForXtensaNeedsLLVM(llc: String?, says: String) async throws {
    try world.writePlan(chip: "esp32s3")
    if let llc {
      try world.write(
        "#!/bin/sh\n\(llc)\n", to: "bin/llc-22", permissions: .ownerReadWriteExecute)
    }
    _ = await run()
    #expect(world.standardOutput.contains(says), "\(world.standardOutput)")
  }

  @Test func noOtherPlanNeedsLLVM() async throws {
    try world.writePlan()
    _ = await run()
    #expect(!world.standardOutput.contains("llc"), "\(world.standardOutput)")
  }

  @Test func aKeyThatOthersReadIsNotRight() async throws {
    try world.writePlan()
    try world.write("ELF", to: "build/firmware.elf")
    try world.write(
      Array(repeating: 7, count: 32), to: "build/hotreload.key",
      permissions: [.ownerReadWrite, .groupRead])
    #expect(await run() == .failure)
    #expect(world.standardOutput.contains("missing key file: others can read"))
    #expect(world.standardOutput.contains("hint: chmod 600"))
  }

  @Test func aKeyOfAnotherSizeIsNotRight() async throws {
    try world.writePlan()
    try world.write("short", to: "build/hotreload.key")
    #expect(await run() == .failure)
    #expect(world.standardOutput.contains("has 5 bytes, not 32"))
  }

  @Test func aBrokenPlanIsNamed() async throws {
    try world.write("{}", to: "build/hotreload-plan.json")
    #expect(await run() == .failure)
    #expect(world.standardOutput.contains("missing build plan: "))
  }

  @Test func aDeviceThatDoesNotAnswerIsMissing() async throws {
    #expect(await run(["--url", "127.0.0.1:1"]) == .failure)
    #expect(world.standardOutput.contains("missing device: http://127.0.0.1:1 does not answer"))
  }

  @Test func asJSON() async throws {
    #expect(await run(["--json"]) == .success)
    #expect(world.standardOutput.hasPrefix("[\n"))
    #expect(world.standardOutput.contains("\"state\" : \"ok\""))
  }
}
