import Testing

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
    File(testDescription: "no segments", bytes: header(), says: "does not load"),
    File(
      testDescription: "headers beyond the end", bytes: header(programHeaders: .max, count: 9),
      says: "error: "),
    File(testDescription: "another machine", bytes: header(machine: 62), says: "does not load"),
    File(testDescription: "an object file", bytes: header(type: 1), says: "does not load"),
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
      let inspection = try? Inspection(Array(header[..<count]), path: "file", chip: nil)
      #expect(inspection?.isLoadable != true, "prefix of \(count)")
    }
    for index in header.indices {
      for mask: UInt8 in [1, 0x80, 0xFF] {
        var bytes = header
        bytes[index] ^= mask
        let inspection = try? Inspection(bytes, path: "file", chip: nil)
        #expect(inspection?.isLoadable != true, "byte \(index) ^ \(mask)")
      }
    }
  }

  @Test func aModuleImageIsShownWithItsCostAndVerdict() async throws {
    let world = try TestWorld()
    let image = SampleImage.bytes()
    try world.write(image, to: "module.elf")
    #expect(await world.run(["inspect", "module.elf"]) == .success, "\(world.standardError)")
    let noteEnd = 52 + 3 * 32 + 12 + 12 + 128
    let data = (noteEnd + 15) / 16 * 16
    #expect(
      world.standardOutput == """
        module.elf: module image, RISC-V, \(image.count) bytes, flags 0x00000000
          segment  NOTE r-- at 0x00000000, 152 bytes, in the file 152 at 148, aligned to 4
          segment  LOAD rw- at 0x00000000, 16 bytes, in the file 16 at \(data), aligned to 16
          segment  LOAD r-x at 0x00000010, 4 bytes, in the file 4 at \(data + 16), aligned to 16
          module   \(SampleImage.moduleID), packed at 1
          bound to \(SampleImage.firmwareID)
          chip     qemu-riscv32, instruction bus same as data bus
          fixups   1 RELR words, 0 odd
          export   0x00000010 (unnamed)
          cost     \(512 + (image.count + 15) / 16 * 16) bytes of flash, 20 bytes of RAM aligned to 16
          qemu-riscv32: loads

        """)
  }

  @Test func aModuleForAnotherChipDoesNotLoad() async throws {
    let world = try TestWorld()
    try world.write(SampleImage.bytes(), to: "module.elf")
    #expect(await world.run(["inspect", "module.elf", "--chip", "esp32c6"]) == .unloadable)
    #expect(
      world.standardOutput.contains(
        "esp32c6: does not load: built for chip 65280, but this is chip 13\n"))
  }

  @Test func aChipThatIsAskedForAnswersAlone() async throws {
    let world = try TestWorld()
    try world.write(Self.header(), to: "file")
    #expect(await world.run(["inspect", "file", "--chip", "esp32c3"]) == .unloadable)
    #expect(world.standardOutput.contains("  esp32c3: does not load: "))
    #expect(!world.standardOutput.contains("esp32c6"))
  }

  @Test func asJSON() async throws {
    let world = try TestWorld()
    try world.write(Self.header(), to: "file")
    #expect(await world.run(["inspect", "file", "--chip", "esp32c3", "--json"]) == .unloadable)
    #expect(world.standardOutput.contains("\"kind\" : \"shared object\""))
    #expect(world.standardOutput.contains("\"loads\" : false"))
  }
}
