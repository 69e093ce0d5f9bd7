import Testing
import TestImages

@testable import HotReloadCommands

@Suite struct InspectCommandTests {
  /// An ELF header for RISC-V (gABI, "ELF Header") with these fields, and nothing else.
  private static func header(
    type: UInt8 = 3, machine: UInt8 = 243, programHeaders: UInt32 = 52, count: UInt8 = 0
  ) -> [UInt8] {
    var bytes: [UInt8] = [0x7F, 0x45, 0x4C, 0x46, 1, 1, 1] + Array(repeating: 0, count: 45)
    bytes[16] = type
    bytes[18] = machine
    bytes[20] = 1
    for index in 0..<4 {
      bytes[28 + index] = UInt8(truncatingIfNeeded: programHeaders >> (8 * index))
    }
    bytes[40] = 52
    bytes[42] = 32
    bytes[44] = count
    return bytes
  }

  struct File: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var bytes: [UInt8]
    var says: String
  }

  @Test(arguments: [
    File(testDescription: "empty", bytes: [], says: "shorter than an ELF header"),
    File(testDescription: "text", bytes: Array("#!/bin/sh\n".utf8), says: "shorter"),
    File(
      testDescription: "noise", bytes: (0..<4096).map { UInt8(truncatingIfNeeded: $0 * 167 + 13) },
      says: "not an ELF file"),
    File(testDescription: "magic alone", bytes: [0x7F, 0x45, 0x4C, 0x46], says: "shorter"),
    File(testDescription: "no segments", bytes: header(), says: "refused by "),
    File(
      testDescription: "headers beyond the end", bytes: header(programHeaders: .max, count: 9),
      says: "error: "),
    File(testDescription: "another machine", bytes: header(machine: 62), says: "refused by "),
    File(testDescription: "an object file", bytes: header(type: 1), says: "refused by "),
  ])
  func aHostileFileIsAnErrorAndNeverACrash(file: File) async throws {
    let world = try TestWorld()
    try world.write(file.bytes, to: "file")
    #expect(await world.run(["inspect", "file"]) == .unloadable)
    let text = world.standardOutput + world.standardError
    #expect(text.contains(file.says), "\(text)")
  }

  @Test func everyPrefixAndEveryFlippedByteOfAHeaderIsAnError() async throws {
    let header = Self.header(count: 2) + Array(repeating: 0xFF, count: 64)
    for count in 0...header.count {
      let inspection = try? Inspection(Array(header[..<count]), path: "file", chips: .meant)
      #expect(inspection?.isLoadable != true, "prefix of \(count)")
    }
    for index in header.indices {
      for mask: UInt8 in [1, 0x80, 0xFF] {
        var bytes = header
        bytes[index] ^= mask
        let inspection = try? Inspection(bytes, path: "file", chips: .meant)
        #expect(inspection?.isLoadable != true, "byte \(index) ^ \(mask)")
      }
    }
  }

  @Test func aModuleForAnotherChipDoesNotLoad() async throws {
    let world = try TestWorld()
    try world.write(SampleImage.bytes(), to: "module.elf")
    #expect(await world.run(["inspect", "module.elf", "--chip", "esp32c6"]) == .unloadable)
    #expect(
      world.standardOutput.hasSuffix(
        """

        verdict
          refused by esp32c6
            built for qemu-riscv32, but this is esp32c6 (wrong_chip)
            hint: build it for esp32c6, or ask its own chip

        """), "\(world.standardOutput)")
    #expect(
      world.standardOutput.contains("  module     \(SampleImage.moduleID)\n"), "shown all the same")
  }

  @Test func everyNamedChipHasToLoadTheFileButOfAllOnlyOne() async throws {
    let world = try TestWorld()
    try world.write(Fixture.bytes("plain.so"), to: "plain.so")
    let unified = ["--chip", "esp32c6", "--chip", "esp32h2"]
    #expect(await world.run(["inspect", "plain.so"] + unified) == .success)
    #expect(world.standardOutput.hasSuffix("\nverdict\n  loads on esp32c6, esp32h2\n"))
    #expect(await world.run(["inspect", "plain.so", "--chip", "esp32c3"] + unified) == .unloadable)
    #expect(await world.run(["inspect", "plain.so", "--chip", "all"]) == .success)
    for name in ChipName.all { #expect(world.standardOutput.contains(name)) }
    #expect(await world.run(["inspect", "plain.so", "--chip", "all", "--chip", "z80"]) == .usage)
  }

  @Test func aChipThatIsAskedForAnswersAlone() async throws {
    let world = try TestWorld()
    try world.write(Self.header(), to: "file")
    #expect(await world.run(["inspect", "file", "--chip", "esp32c3"]) == .unloadable)
    #expect(world.standardOutput.contains("  refused by esp32c3\n"))
    #expect(!world.standardOutput.contains("esp32c6"))
  }

  @Test func aFileThatIsCutOffSaysSo() async throws {
    let world = try TestWorld()
    let image = SampleImage.bytes()
    for count in [40, 100, image.count - 1] {
      try world.write(Array(image[..<count]), to: "module.elf")
      #expect(await world.run(["inspect", "module.elf"]) == .unloadable)
      let text = world.standardOutput + world.standardError
      #expect(
        text.contains("hint: the file is cut off: build or copy it again\n"), "\(count): \(text)")
    }
  }

  @Test func aDamagedPartHidesOnlyItself() async throws {
    let world = try TestWorld()
    var bytes = try Fixture.bytes("plain.so")
    // e_shoff, which no loader reads.
    bytes.replaceSubrange(32..<36, with: [0xF0, 0xFF, 0xFF, 0xFF])
    try world.write(bytes, to: "plain.so")
    #expect(await world.run(["inspect", "plain.so", "--chip", "esp32c6"]) == .success)
    #expect(
      world.standardOutput.contains("\ndamage\n  sections: cut off, or"), "\(world.standardOutput)")
    #expect(world.standardOutput.contains("\nregions\n"))
  }

  @Test func linesBreakAtTheWidthOfATerminal() async throws {
    let world = try TestWorld()
    try world.write(Self.header(type: 1), to: "file")
    var context = world.context()
    context.terminal.width = 40
    #expect(await HotReloadTool.run(["inspect", "file"], in: context) == .unloadable)
    let lines = world.standardOutput.split(separator: "\n")
    #expect(lines.allSatisfy { $0.count <= 40 }, "\(lines)")
    #expect(
      world.standardOutput.hasSuffix(
        """
            hint: this is a compiler's output:
            `hotreload build` links and packs it

        """), "\(world.standardOutput)")
  }

  @Test func asJSON() async throws {
    let world = try TestWorld()
    try world.write(Self.header(), to: "file")
    #expect(await world.run(["inspect", "file", "--chip", "esp32c3", "--json"]) == .unloadable)
    #expect(world.standardOutput.contains("\"kind\" : \"shared object\""))
    #expect(world.standardOutput.contains("\"loads\" : false"))
  }
}
