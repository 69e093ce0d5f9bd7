import TestImages
import HotReloadELF
import HotReloadLoader
import HotReloadPort
import Testing

@Suite struct PackedImageTests {
  @Test func readsTheManifest() throws {
    let bytes = PackedImageBuilder.small().build()
    let image = try ModuleImage(bytes.raw, chip: .esp32c6)
    guard let manifest = image.manifest else {
      Issue.record("no manifest")
      return
    }
    let numbers = [
      UInt32(manifest.chip), manifest.executableOffset, manifest.namesHash, manifest.exportCount,
      manifest.relativeWordCount,
    ]
    #expect(numbers == [13, 0, 0x811C_9DC5, 1, 2])
    let (firmware, module, sequence) = (manifest.firmwareID, manifest.moduleID, manifest.sequence)
    #expect(firmware == BuildID(bytes: .init(repeating: 0xF0)))
    #expect(module == BuildID(bytes: .init(repeating: 0x40)))
    #expect(sequence == 0x0000_0199_0000_0001)
    let (size, alignment, exports) = (image.blockSize, image.blockAlignment, image.exportCount)
    #expect(size == 0x40)
    #expect(alignment == 16)
    #expect(exports == 1)
  }

  @Test func fixesDataAndCodePointersWithOneBias() throws {
    let bytes = PackedImageBuilder.small(executableOffset: 0x70_0000, chip: 5).build()
    let module = try load(bytes, chip: .esp32c3, at: 0x3FC9_0000)
    #expect(module.memory.word(at: 0x3FC9_0000) == 0x3FC9_0008)
    #expect(module.memory.word(at: 0x3FC9_0004) == 0x4039_0024)
    #expect(module.memory.word(at: 0x3FC9_0008) == 0x1111_1111)
    #expect(module.memory.word(at: 0x3FC9_0010) == 0)
    #expect(module.memory.word(at: 0x3FC9_0020) == 0x1313_1313)
    let image = try ModuleImage(bytes.raw, chip: .esp32c3)
    #expect(try image.exportAddress(at: 0, in: module.blocks) == 0x4039_0020)
  }

  @Test(arguments: [UInt32(1), 2, 3, 4])
  func fixesPointersAtAnyAddressOfTheOddList(address: UInt32) throws {
    var builder = PackedImageBuilder.small()
    builder.segments[0].bytes.set(word: 0x10, at: Int(address))
    builder.relative = []
    builder.odd = [address]
    let module = try load(builder.build(), at: 0x4081_0000)
    #expect(module.memory.linked(address) == 0x4081_0010)
  }

  @Test func acceptsALongerHeaderOfANewerWriter() throws {
    var builder = PackedImageBuilder.small()
    builder.headerSize = 136
    let module = try load(builder.build(), at: 0x4081_0000)
    #expect(module.memory.word(at: 0x4081_0000) == 0x4081_0008)
  }

  @Test func ignoresNotesOfOthers() throws {
    var builder = PackedImageBuilder.small()
    builder.owner = Array("hotreloaf\0".utf8)
    #expect(loadError(builder.build()) == .notAModule)
  }

  /// A change to the small image, and the error that names it.
  struct Refusal: CustomTestStringConvertible {
    let testDescription: String
    let change: @Sendable (inout PackedImageBuilder) -> Void
    let error: LoaderError

    init(
      _ name: String, _ error: LoaderError,
      _ change: @escaping @Sendable (inout PackedImageBuilder) -> Void
    ) {
      testDescription = name
      self.error = error
      self.change = change
    }
  }

  @Test(arguments: [
    Refusal("type", .elf(.unsupportedType(2))) { $0.type = 2 },
    Refusal("machine", .wrongMachine(94)) { $0.machine = 94 },
    Refusal("float ABI", .wrongABI(flags: 3)) { $0.elfFlags = 3 },
    Refusal("RVE", .wrongABI(flags: 9)) { $0.elfFlags = 9 },
    Refusal("TSO", .wrongABI(flags: 0x11)) { $0.elfFlags = 0x11 },
    Refusal("chip", .wrongChip(found: 5, expected: 13)) { $0.chip = 5 },
    Refusal("version", .unsupportedFormat(version: 2)) { $0.version = 2 },
    Refusal("note flags", .unsupportedFeatures(flags: 1)) { $0.noteFlags = 1 },
    Refusal("header size", .noteTooShort(116)) {
      $0.headerSize = 116
      $0.relative = [0]
      $0.exports = []
    },
    Refusal("no header", .elf(.outOfBounds(0))) {
      $0.headerSize = 0
      $0.relative = []
      $0.exports = []
    },
    Refusal("code RELR", .codeFixups(1)) { $0.codeRelative = [0x20] },
    Refusal("odd code fixups", .codeFixups(1)) { $0.codeOdd = [0x20] },
    Refusal("no segments", .noLoadableSegment) { $0.segments = [] },
    Refusal("empty segments", .noLoadableSegment) {
      $0.segments = [.init(address: 0, bytes: [], flags: 6)]
    },
    Refusal("TLS", .threadLocalStorage) {
      $0.segments.append(.init(address: 0, bytes: [], flags: 4, type: 7))
    },
    Refusal("other offset", .wrongExecutableOffset(found: 0x10, expected: 0)) {
      $0 = .small(executableOffset: 0x10)
    },
    Refusal("overlap", .segmentsOverlap(address: 0x1F)) { $0.segments[1].address = 0x1F },
    Refusal("order", .segmentsOverlap(address: 0)) { $0.segments.reverse() },
    Refusal("below the offset", .segmentsOverlap(address: 0x20)) { $0.executableOffset = 0x100 },
    Refusal("wrap", .elf(.segmentWraps(0xFFFF_FFF0))) { $0.segments[1].address = 0xFFFF_FFF0 },
    Refusal("huge", .tooLarge(address: 0xF000_0000)) { $0.segments[1].address = 0xF000_0000 },
    Refusal("huge zeros", .tooLarge(address: 0)) { $0.segments[0].zeros = 16 << 20 },
    Refusal("alignment", .badAlignment(0x2_0000)) { $0.segments[0].alignment = 0x2_0000 },
    Refusal("odd alignment", .elf(.badAlignment(12))) { $0.segments[0].alignment = 12 },
    Refusal("too many", .tooManyProgramHeaders(33)) {
      $0.segments = .init(repeating: $0.segments[0], count: 32)
    },
    Refusal("fixup in zeros", .fixupOutsideData(address: 0x10)) { $0.relative = [0x10] },
    Refusal("fixup across the end", .fixupOutsideData(address: 0xD)) { $0.odd = [0xD] },
    Refusal("fixup in code", .fixupOutsideData(address: 0x24)) { $0.relative = [0x24] },
    Refusal("fixup nowhere", .fixupOutsideData(address: 0xFFFF_FFFC)) {
      $0.relative = [0xFFFF_FFFC]
    },
    Refusal("odd nowhere", .fixupOutsideData(address: 0xFFFF_FFFF)) { $0.odd = [0xFFFF_FFFF] },
    Refusal("misaligned RELR", .misalignedFixup(address: 2)) { $0.relative = [2] },
    Refusal("bitmap first", .elf(.relrWithoutAddress)) { $0.relative = [3] },
    Refusal("export in data", .exportOutsideCode(address: 4)) { $0.exports = [4] },
    Refusal("export behind", .exportOutsideCode(address: 0x40)) { $0.exports = [0x40] },
    Refusal("export wraps", .exportOutsideCode(address: .max)) { $0.exports = [.max] },
  ])
  func refuses(_ refusal: Refusal) {
    var builder = PackedImageBuilder.small()
    refusal.change(&builder)
    #expect(loadError(builder.build()) == refusal.error)
  }

  @Test func refusesWritableCodeWhereBusesDiffer() {
    var builder = PackedImageBuilder.small(executableOffset: 0x70_0000, chip: 5)
    builder.segments[1].flags = 7
    #expect(
      loadError(builder.build(), chip: .esp32c3, at: 0x3FC9_0000)
        == .writableCode(address: 0x70_0020))
    builder = .small()
    builder.segments[1].flags = 7
    #expect(loadError(builder.build()) == nil, "one bus: harmless")
  }

  @Test(arguments: [88, 92, 96])
  func refusesCountsThatTheNoteDoesNotHold(field: Int) throws {
    let builder = PackedImageBuilder.small()
    // Three program headers, then the note: 12 bytes of header, 12 of owner.
    let offset = 52 + 3 * 32 + 24 + field
    for count in [UInt32(4), 0x3FFF_FFFF, 0x4000_0000, 0x4000_0001, 0x8000_0000, 0xFFFF_FFFF] {
      var bytes = builder.build()
      bytes.set(word: count, at: offset)
      let error = loadError(bytes)
      guard case .elf(.outOfBounds) = error else {
        Issue.record("count \(count) at \(field): \(String(describing: error))")
        continue
      }
    }
  }
}
