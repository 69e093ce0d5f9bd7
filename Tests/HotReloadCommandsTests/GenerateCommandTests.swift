import HotReloadBuild
import HotReloadLoader
import SystemPackage
import Testing

@testable import HotReloadCommands

@Suite struct GenerateCommandTests {
  private let world: TestWorld

  init() throws { world = try TestWorld() }

  @Test(arguments: [("esp32c3", InstructionSet.riscv(.soft)), ("esp32s3", .xtensa)])
  func stubsGoToStandardOutput(chip: String, instructionSet: InstructionSet) async throws {
    let arguments = ["generate", "stubs", "--chip", chip, "--table", "hotreload=b,a"]
    #expect(await world.run(arguments) == .success)
    #expect(
      try world.standardOutput
        == StubsGenerator.text(
          [ExportTable(label: "hotreload", names: ["a", "b"])], for: instructionSet))
  }

  @Test(arguments: [("esp32c3", InstructionSet.riscv(.soft)), ("esp32s3", .xtensa)])
  func aTableForEachModule(chip: String, instructionSet: InstructionSet) async throws {
    let arguments = [
      "generate", "table", "--chip", chip, "--table", "one=a", "--table", "two=b,c",
    ]
    #expect(await world.run(arguments) == .success)
    #expect(
      try world.standardOutput
        == TableGenerator.text(
          [
            ExportTable(label: "one", names: ["a"]),
            ExportTable(label: "two", names: ["b", "c"]),
          ], for: instructionSet))
  }

  @Test(arguments: ["stubs", "table"])
  func whatIsCompiledNeedsAChip(file: String) async throws {
    #expect(await world.run(["generate", file, "--table", "one=a"]) == .usage)
    #expect(await world.run(["generate", file, "--chip", "z80", "--table", "one=a"]) == .usage)
  }

  @Test func importsAreNamed() async throws {
    #expect(await world.run(["generate", "imports", "printf", "malloc"]) == .success)
    #expect(world.standardOutput.contains("EXTERN(malloc)\nEXTERN(printf)\n"))
  }

  @Test func aLinkerScriptIsTheChips() async throws {
    #expect(await world.run(["generate", "linker-script", "--chip", "esp32c3"]) == .success)
    #expect(
      world.standardOutput == LinkerScriptGenerator.text(for: .esp32c3))
    #expect(await world.run(["generate", "linker-script", "--chip", "z80"]) == .usage)
  }

  @Test func aFileOfTheSameContentIsNotTouched() async throws {
    let arguments = ["generate", "imports", "printf", "--output", "imports.ld"]
    #expect(await world.run(arguments) == .success)
    let first = try world.path("imports.ld").stat()
    #expect(await world.run(arguments) == .success)
    let second = try world.path("imports.ld").stat()
    #expect(first.inode == second.inode, "replaced")
    #expect(world.standardOutput.isEmpty)
  }

  @Test func aKeyIsMadeOnceAndPrivate() async throws {
    let arguments = ["generate", "key", "--output", "hotreload.key"]
    #expect(await world.run(arguments) == .success)
    let path = world.path("hotreload.key")
    let key = try InputFile.read(path)
    #expect(key.count == 32)
    #expect(try path.stat().permissions == .ownerReadWrite)
    #expect(await world.run(arguments) == .success)
    #expect(try InputFile.read(path) == key)
  }

  @Test func aPartitionHoldsTheImage() async throws {
    try world.write("image", to: "module.elf")
    let exit = await world.run([
      "generate", "partition", "module.elf", "--size", "524288", "--erase-size", "4096",
      "--output", "partition.bin",
    ])
    #expect(exit == .success, "\(world.standardError)")
    let bytes = try InputFile.read(world.path("partition.bin"))
    #expect(bytes.count == 524_288)
    #expect(Array(bytes[512..<517]) == Array("image".utf8))
  }

  @Test(arguments: [
    ["--size", "4096", "--erase-size", "4096"], ["--size", "0", "--erase-size", "4096"],
    ["--size", "100000", "--erase-size", "3"],
  ])
  func aPartitionWithoutRoomForTwoModulesIsAnError(geometry: [String]) async throws {
    try world.write("image", to: "module.elf")
    let exit = await world.run(
      ["generate", "partition", "module.elf", "--output", "p.bin"] + geometry)
    #expect(exit == .failure, "\(world.standardError)")
    #expect(!InputFile.exists(world.path("p.bin")))
  }

  @Test(arguments: ["=a", "x", "x=", "x=a,,b", "x=a,a"])
  func aBadTableIsWrongUsage(table: String) async {
    #expect(await world.run(["generate", "stubs", "--table", table]) == .usage)
  }

  @Test func packingNonsenseNamesTheFile() async throws {
    try world.write("nonsense", to: "module.so")
    try world.write("nonsense", to: "firmware.elf")
    let exit = await world.run([
      "pack", "module.so", "--firmware", "firmware.elf", "--chip", "esp32c3", "-o", "out.elf",
    ])
    #expect(exit != .success)
    #expect(world.standardError.contains("firmware.elf"))
    #expect(!InputFile.exists(world.path("out.elf")))
  }
}
