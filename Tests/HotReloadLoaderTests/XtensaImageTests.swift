import HotReloadELF
import HotReloadLoader
import HotReloadPort
import TestImages
import Testing

/// What is refused of packed images for RISC-V is refused of those for Xtensa, by the same names; and what only they
/// can have wrong.
@Suite struct XtensaImageTests {
  typealias Refusal = PackedImageTests.Refusal

  private static let data = PackedImageBuilder.xtensaData
  private static let code = PackedImageBuilder.xtensaCode

  static let refusals = [
    Refusal("type", .elf(.unsupportedType(2))) { $0.type = 2 },
    Refusal("machine", .wrongMachine(243)) { $0.machine = 243 },
    Refusal("another machine of Xtensa", .wrongABI(flags: 0x301)) { $0.elfFlags = 0x301 },
    Refusal("unknown flags", .wrongABI(flags: 0x400)) { $0.elfFlags = 0x400 },
    Refusal("version", .unsupportedFormat(version: 2)) { $0.version = 2 },
    Refusal("note flags", .unsupportedFeatures(flags: 1)) { $0.noteFlags = 1 },
    Refusal("header size", .noteTooShort(116)) {
      $0.headerSize = 116
      $0.relative = [0]
      $0.codeRelative = []
      $0.exports = []
    },
    Refusal("no header", .elf(.outOfBounds(0))) {
      $0.headerSize = 0
      $0.relative = []
      $0.codeRelative = []
      $0.exports = []
    },
    Refusal("executable offset", .wrongExecutableOffset(found: 0x10, expected: 0)) {
      $0.executableOffset = 0x10
    },
    Refusal("no segments", .noLoadableSegment) { $0.segments = [] },
    Refusal("empty segments", .noLoadableSegment) {
      $0.segments = [.init(address: data, bytes: [], flags: 6)]
    },
    Refusal("TLS", .threadLocalStorage) {
      $0.segments.append(.init(address: 0, bytes: [], flags: 4, type: 7))
    },
    Refusal("data overlaps", .segmentsOverlap(address: data + 0x1F)) {
      $0.segments.insert(.init(address: data + 0x1F, bytes: [1], flags: 6), at: 1)
    },
    Refusal("code overlaps", .segmentsOverlap(address: code + 0x1C)) {
      $0.segments.append(.init(address: code + 0x1C, bytes: [1], flags: 5))
    },
    Refusal("order", .segmentsOverlap(address: data)) { $0.segments.reverse() },
    Refusal("data below its region", .segmentsOverlap(address: 0)) { $0.segments[0].address = 0 },
    Refusal("code among the data", .segmentsOverlap(address: data + 0x20)) {
      $0.segments[1].address = data + 0x20
    },
    Refusal("data among the code", .tooLarge(address: code)) { $0.segments[1].flags = 4 },
    Refusal("wrap", .elf(.segmentWraps(0xFFFF_FFF0))) { $0.segments[1].address = 0xFFFF_FFF0 },
    Refusal("huge", .tooLarge(address: 0xF000_0000)) { $0.segments[1].address = 0xF000_0000 },
    Refusal("huge zeros", .tooLarge(address: data)) { $0.segments[0].zeros = 16 << 20 },
    Refusal("huge zeros of code", .tooLarge(address: code)) { $0.segments[1].zeros = 16 << 20 },
    Refusal("writable code", .writableCode(address: code)) { $0.segments[1].flags = 7 },
    Refusal("alignment", .badAlignment(0x2_0000)) { $0.segments[0].alignment = 0x2_0000 },
    Refusal("odd alignment", .elf(.badAlignment(12))) { $0.segments[0].alignment = 12 },
    Refusal("code between words", .badAlignment(2)) {
      $0.segments[1].address = code + 2
      $0.segments[1].alignment = 2
    },
    Refusal("too many", .tooManyProgramHeaders(33)) {
      $0.segments = .init(repeating: $0.segments[0], count: 32)
    },
    Refusal("fixup in zeros", .fixupOutsideData(address: data + 0x10)) {
      $0.relative = [data + 0x10]
    },
    Refusal("fixup across the end", .fixupOutsideData(address: data + 0xD)) {
      $0.odd = [data + 0xD]
    },
    Refusal("fixup behind the code", .fixupOutsideData(address: code + 0x20)) {
      $0.codeRelative = [code + 0x20]
    },
    Refusal("fixup in front of the code", .fixupOutsideData(address: code - 4)) {
      $0.codeRelative = [code - 4]
    },
    Refusal("fixup nowhere", .fixupOutsideData(address: 0xFFFF_FFFC)) {
      $0.relative = [0xFFFF_FFFC]
    },
    Refusal("odd nowhere", .fixupOutsideData(address: 0xFFFF_FFFF)) { $0.codeOdd = [0xFFFF_FFFF] },
    Refusal("misaligned RELR", .misalignedFixup(address: 2)) { $0.relative = [2] },
    Refusal("misaligned RELR to code", .misalignedFixup(address: data + 2)) {
      $0.codeRelative = [data + 2]
    },
    Refusal("a part of a word of code", .misalignedFixup(address: code + 2)) {
      $0.odd = [code + 2]
    },
    Refusal("the same with code as target", .misalignedFixup(address: code + 1)) {
      $0.codeOdd = [code + 1]
    },
    Refusal("bitmap first", .elf(.relrWithoutAddress)) { $0.codeRelative = [3] },
    Refusal("export in data", .exportOutsideCode(address: data)) { $0.exports = [data] },
    Refusal("export behind", .exportOutsideCode(address: code + 0x20)) {
      $0.exports = [code + 0x20]
    },
    Refusal("export wraps", .exportOutsideCode(address: .max)) { $0.exports = [.max] },
    Refusal("lifecycle in data", .lifecycleOutsideCode(address: data)) { $0.lifecycle = data },
    Refusal("variable in code", .keptOutsideData(address: code)) {
      $0.kept = [0, 1, code, 4]
      $0.keptNames = [0x61, 0, 0, 0]
    },
  ]

  @Test(arguments: [Chip.qemuXtensa, .esp32, .esp32s2, .esp32s3], refusals)
  func refuses(chip: Chip, _ refusal: Refusal) {
    var builder = PackedImageBuilder.smallXtensa(chip: chip.id)
    refusal.change(&builder)
    let bytes = builder.build()
    #expect(XtensaModule.error(bytes, chip: chip) == refusal.error)
  }

  @Test func refusesModulesOfOtherChips() {
    for (built, chip) in [(Chip.esp32s2, Chip.esp32s3), (.esp32, .esp32s2), (.esp32s3, .esp32)] {
      let bytes = PackedImageBuilder.smallXtensa(chip: built.id).build()
      #expect(
        XtensaModule.error(bytes, chip: chip)
          == .wrongChip(found: built.id, expected: chip.id))
    }
    let foreign = PackedImageBuilder.small().build()
    #expect(XtensaModule.error(foreign, chip: .esp32) == .wrongMachine(243))
    let xtensa = PackedImageBuilder.smallXtensa(chip: 13).build()
    #expect(loadError(xtensa) == .wrongMachine(94))
  }

  @Test(arguments: [88, 92, 96, 100, 104])
  func refusesCountsThatTheNoteDoesNotHold(field: Int) throws {
    let builder = PackedImageBuilder.smallXtensa(chip: 0)
    let offset = 52 + 3 * 32 + 24 + field
    for count in [UInt32(6), 0x3FFF_FFFF, 0x4000_0000, 0x4000_0001, 0x8000_0000, 0xFFFF_FFFF] {
      var bytes = builder.build()
      bytes.set(word: count, at: offset)
      guard case .elf(.outOfBounds) = XtensaModule.error(bytes, chip: .esp32) else {
        Issue.record("count \(count) at \(field)")
        continue
      }
    }
  }
}

/// A module of an Xtensa chip in memory, where every access is counted.
struct XtensaModule {
  private(set) var memory: SplitTestMemory
  let blocks: ModuleBlocks

  /// Loads an image as the runtime does, into blocks exactly as large as it wants them.
  init(_ bytes: [UInt8], chip: Chip) throws(LoaderError) {
    let image = try ModuleImage(bytes.raw, chip: chip)
    try image.check()
    let (data, code) = (chip.dataBus.start, chip.instructionBus.start)
    memory = SplitTestMemory(
      data: TestMemory(base: data, size: image.blockSize),
      code: TestMemory(base: code, size: image.codeBlockSize))
    let offset = chip.placement == .split ? 0 : chip.executableOffset
    blocks = ModuleBlocks(
      .init(dataAddress: data, executableAddress: data &+ offset, size: image.blockSize),
      code: .init(dataAddress: code, executableAddress: code, size: image.codeBlockSize))
    try image.place(in: blocks, &memory)
    try image.relocate(in: blocks, &memory)
    for index in 0..<image.exportCount { _ = try image.exportAddress(at: index, in: blocks) }
  }

  /// The error that loading ends with, nil if there is none.
  static func error(_ bytes: [UInt8], chip: Chip) -> LoaderError? {
    do throws(LoaderError) {
      _ = try XtensaModule(bytes, chip: chip)
      return nil
    } catch { return error }
  }
}
