import SystemPackage
import TestImages
import Testing

@testable import HotReloadCommands

/// What `hotreload inspect` prints, word by word, and the same as JSON. After a deliberate change:
/// `HOTRELOAD_RECORD=1 swift test --filter InspectTextTests`, then look at the difference.
@Suite struct InspectTextTests {
  /// A packed image with one of everything: two regions behind different buses, RELR, an odd fixup, a lifecycle
  /// function, a kept variable.
  private static var everything: [UInt8] {
    var image = PackedImageBuilder.small(executableOffset: 0x70_0000, chip: 5)
    image.odd = [5]
    image.sequence = 1_795_260_498_648
    image.lifecycle = 0x70_0024
    image.kept = [0, 0xCAFE_F00D, 16, 8]
    image.keptNames = Array("boots\0\0\0".utf8)
    return image.build()
  }

  static let files: [(name: String, bytes: @Sendable () throws -> [UInt8], exit: ToolExit)] = [
    ("module.elf", { everything }, .success),
    ("plain.so", { try Fixture.bytes("plain.so") }, .success),
    ("relr.so", { try Fixture.bytes("relr.so") }, .success),
    ("bus.so", { try Fixture.bytes("bus.so") }, .unloadable),
    ("original_stripped.so", { try Fixture.bytes("original_stripped.so") }, .unloadable),
    ("thread.so", { try Fixture.bytes("thread.so") }, .unloadable),
    ("executable.elf", { try Fixture.bytes("executable.elf") }, .unloadable),
    ("module.o", { try Fixture.bytes("module.o") }, .unloadable),
    ("xtensa.elf", { PackedImageBuilder.smallXtensa(chip: 0).build() }, .success),
  ]

  @Test(arguments: files.indices)
  func isTheGoldenText(index: Int) async throws { try await compare(Self.files[index], "txt") }

  @Test(arguments: [0, 4])
  func isTheGoldenJSON(index: Int) async throws { try await compare(Self.files[index], "json") }

  private func compare(
    _ file: (name: String, bytes: @Sendable () throws -> [UInt8], exit: ToolExit), _ form: String
  ) async throws {
    let world = try TestWorld()
    try world.write(file.bytes(), to: file.name)
    let command = ["inspect", file.name] + (form == "json" ? ["--json"] : [])
    #expect(await world.run(command) == file.exit, "\(world.standardError)")
    #expect(world.standardError.isEmpty)
    let path = FilePath("\(#filePath)").removingLastComponent().removingLastComponent()
      .pushing("Fixtures/Inspect").appending("\(file.name).\(form)")
    if Context.live().environment["HOTRELOAD_RECORD"] == "1" {
      try OutputFile.write(Array(world.standardOutput.utf8), to: path)
    }
    #expect(world.standardOutput == String(decoding: try InputFile.read(path), as: UTF8.self))
  }

  @Test func numbersOfXtensaHaveNames() {
    #expect(XtensaText.flags(0x300) == ["XT_INSN", "XT_LIT"])
    let names: [(UInt8, String)] = [
      (0, "R_XTENSA_NONE"), (3, "R_XTENSA_GLOB_DAT"), (5, "R_XTENSA_RELATIVE"),
      (11, "R_XTENSA_ASM_EXPAND"), (20, "R_XTENSA_SLOT0_OP"), (34, "R_XTENSA_SLOT14_OP"),
      (35, "R_XTENSA_SLOT0_ALT"), (49, "R_XTENSA_SLOT14_ALT"), (62, "R_XTENSA_NDIFF32"), (7, "7"),
      (63, "63"),
    ]
    for (type, name) in names { #expect(XtensaText.relocation(type) == name) }
  }

  @Test func datesAreThoseOfTheCalendar() {
    let dates: [(UInt64, String?)] = [
      (0, "1970-01-01T00:00:00.000Z"), (951_782_400_007, "2000-02-29T00:00:00.007Z"),
      (253_402_300_799_999, "9999-12-31T23:59:59.999Z"), (253_402_300_800_000, nil), (.max, nil),
    ]
    for (milliseconds, date) in dates {
      #expect(Inspection.Manifest.date(milliseconds) == date, "\(milliseconds)")
    }
  }
}
