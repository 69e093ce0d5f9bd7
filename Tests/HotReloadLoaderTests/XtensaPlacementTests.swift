import HotReloadLoader
import HotReloadPort
import TestImages
import Testing

/// Two biases: where data and code of an Xtensa module go, and what becomes of the words that point at them.
@Suite struct XtensaPlacementTests {
  /// The memory of a chip, with the distance of its buses.
  struct Memory: CustomTestStringConvertible {
    let testDescription: String
    let chip: Chip
    let address: UInt32
    let executableOffset: UInt32
  }

  static let oneBlock: [Memory] = [
    Memory(
      testDescription: "qemu-xtensa", chip: .qemuXtensa, address: 0x0300_1000, executableOffset: 0),
    Memory(
      testDescription: "S2, internal", chip: .esp32s2, address: 0x3FFC_0000,
      executableOffset: 0x7_0000),
    Memory(
      testDescription: "S2, PSRAM page", chip: .esp32s2, address: 0x3F50_1000,
      executableOffset: 0x4010_1000 - 0x3F50_1000),
    Memory(
      testDescription: "S3, internal", chip: .esp32s3, address: 0x3FC9_0000,
      executableOffset: 0x6F_0000),
    Memory(
      testDescription: "S3, PSRAM", chip: .esp32s3, address: 0x3C00_1000,
      executableOffset: 0x600_0000),
  ]

  @Test(arguments: oneBlock)
  func putsCodeBehindTheDataOfOneBlock(place: Memory) throws {
    let bytes = PackedImageBuilder.smallXtensa(chip: place.chip.id).build()
    let image = try ModuleImage(bytes.raw, chip: place.chip)
    try image.check()
    let (size, codeSize) = (image.blockSize, image.codeBlockSize)
    #expect(size == 0x40 && codeSize == 0)
    var memory = TestMemory(base: place.address, size: size)
    let blocks = ModuleBlocks(
      MemoryBlock(
        dataAddress: place.address, executableAddress: place.address &+ place.executableOffset,
        size: size))
    try image.place(in: blocks, &memory)
    try image.relocate(in: blocks, &memory)
    #expect(memory.accessesOutside == 0)
    #expect(memory.bulkWrites.allSatisfy { $0 == 1 })
    let code = place.address + 0x20 &+ place.executableOffset
    let words = stride(from: place.address, to: place.address + 0x28, by: 4)
      .map { memory.word(at: $0) }
    #expect(
      words == [
        place.address + 8, code + 8, 0x1111_1111, 0x2222_2222, 0, 0, 0, 0,
        place.address + 0xC, code + 0x10,
      ])
    #expect(try image.exportAddress(at: 0, in: blocks) == code + 8)
    #expect(
      image.extent(in: blocks)
        == MemoryBlock(dataAddress: place.address, executableAddress: code, size: size))
  }

  @Test func putsDataAndCodeApartOnESP32() throws {
    var builder = PackedImageBuilder.smallXtensa(chip: 0)
    builder.segments[1].bytes.append(contentsOf: [1, 2, 3])
    let module = try SplitModule(builder.build())
    #expect(module.memory.accessesOutside == 0 && module.memory.narrowAccesses == 0)
    #expect(module.memory.data.bulkWrites.allSatisfy { $0 == 1 })
    // Each word once, and once more if it is fixed.
    #expect(module.memory.wordWrites == [2, 2, 1, 1, 1, 1, 1, 1, 1])
    let (data, code) = (SplitModule.dataAddress, SplitModule.codeAddress)
    #expect(
      module.memory.data.bytes
        == .init(words: [data + 8, code + 8, 0x1111_1111, 0x2222_2222, 0, 0, 0, 0]))
    #expect(
      module.memory.code.bytes
        == .init(words: [data + 0xC, code + 0x10]) + .init(repeating: 0x13, count: 24)
        + [1, 2, 3, 0])
    #expect(module.exports == [code + 8])
    #expect(
      module.extent
        == MemoryBlock(dataAddress: data, executableAddress: code, size: 0x20 + 0x24))
  }

  @Test func aModuleWithoutDataNeedsOnlyABlockForCode() throws {
    var builder = PackedImageBuilder.smallXtensa(chip: 0)
    builder.segments.removeFirst()
    builder.relative = []
    builder.codeRelative = [0x2000_0004]
    let module = try SplitModule(builder.build())
    #expect(module.memory.data.bytes.isEmpty)
    #expect(
      module.memory.code.word(at: SplitModule.codeAddress + 4) == SplitModule.codeAddress + 0x10)
  }

  /// Between the data and the code, where a block holds both.
  @Test(arguments: [Chip.qemuXtensa, .esp32, .esp32s2, .esp32s3])
  func recordsOfKeptVariablesLieBehindTheData(chip: Chip) throws {
    var builder = PackedImageBuilder.smallXtensa(chip: chip.id)
    builder.kept = [0, 7, 0x1000_0008, 4, 0, 8, 0x1000_0010, 16]
    builder.keptNames = [0x61, 0, 0, 0]
    let bytes = builder.build()
    let image = try ModuleImage(bytes.raw, chip: chip)
    let (table, size, codeSize) = (image.keptTableOffset, image.blockSize, image.codeBlockSize)
    let unit = chip.cacheLine
    #expect(table == 0x20)
    #expect(codeSize == (chip.placement == .split ? 0x20 : 0))
    #expect(size == ((chip.placement == .split ? 0x40 : 0x60) + unit - 1) / unit * unit)
    let module = try XtensaModule(bytes, chip: chip)
    let data = module.blocks.data.dataAddress
    let records = (0..<2 as Range<UInt32>).map {
      KeptRecord(at: data + table + $0 * KeptRecord.size, in: module.memory)
    }
    #expect(records.map(\.address) == [data + 8, data + 0x10])
    #expect(records.map(\.byteCount) == [4, 16])
    let code =
      chip.placement == .split
      ? module.blocks.code.executableAddress : module.blocks.data.executableAddress + 0x40
    #expect(module.memory.word(at: data + 4) == code + 8)
  }

  /// Blocks of memory, and why a module does not fit into them.
  struct Misfit: CustomTestStringConvertible {
    let testDescription: String
    let chip: Chip
    let blocks: ModuleBlocks
    let error: LoaderError
  }

  private static func block(_ data: UInt32, _ code: UInt32, _ size: UInt32) -> MemoryBlock {
    MemoryBlock(dataAddress: data, executableAddress: code, size: size)
  }

  static let misfits = [
    Misfit(
      testDescription: "too little for the data", chip: .esp32,
      blocks: ModuleBlocks(
        block(0x3FFB_0000, 0x3FFB_0000, 0x1C), code: block(0x4008_8000, 0x4008_8000, 0x20)),
      error: .blockTooSmall(needed: 0x20, found: 0x1C)),
    Misfit(
      testDescription: "too little for the code", chip: .esp32,
      blocks: ModuleBlocks(
        block(0x3FFB_0000, 0x3FFB_0000, 0x20), code: block(0x4008_8000, 0x4008_8000, 0x1C)),
      error: .blockTooSmall(needed: 0x20, found: 0x1C)),
    Misfit(
      testDescription: "nothing for the code", chip: .esp32,
      blocks: ModuleBlocks(block(0x3FFB_0000, 0x3FFB_0000, 0x40)),
      error: .blockTooSmall(needed: 0x20, found: 0)),
    Misfit(
      testDescription: "misaligned code", chip: .esp32,
      blocks: ModuleBlocks(
        block(0x3FFB_0000, 0x3FFB_0000, 0x20), code: block(0x4008_8004, 0x4008_8004, 0x20)),
      error: .blockMisaligned(address: 0x4008_8004, alignment: 16)),
    Misfit(
      testDescription: "code with two addresses", chip: .esp32,
      blocks: ModuleBlocks(
        block(0x3FFB_0000, 0x3FFB_0000, 0x20), code: block(0x3FFE_0000, 0x400A_0000, 0x20)),
      error: .wrongExecutableOffset(found: 0, expected: 0xC_0000)),
    Misfit(
      testDescription: "too little for both", chip: .qemuXtensa,
      blocks: ModuleBlocks(block(0x0300_0000, 0x0300_0000, 0x3C)),
      error: .blockTooSmall(needed: 0x40, found: 0x3C)),
    Misfit(
      testDescription: "misaligned on the instruction bus", chip: .esp32s2,
      blocks: ModuleBlocks(block(0x3FFB_0000, 0x4002_0004, 0x40)),
      error: .blockMisaligned(address: 0x4002_0004, alignment: 32)),
  ]

  @Test(arguments: misfits)
  func refusesMemoryThatDoesNotFit(misfit: Misfit) throws {
    let bytes = PackedImageBuilder.smallXtensa(chip: misfit.chip.id).build()
    let image = try ModuleImage(bytes.raw, chip: misfit.chip)
    var memory = TestMemory(base: misfit.blocks.data.dataAddress, size: 0)
    var error: LoaderError?
    do throws(LoaderError) { try image.place(in: misfit.blocks, &memory) } catch let thrown {
      error = thrown
    }
    #expect(error == misfit.error)
    #expect(memory.accessesOutside == 0, "refused before anything is written")
  }
}

/// A module of ESP32 in memory.
struct SplitModule {
  static let dataAddress: UInt32 = 0x3FFB_0000
  static let codeAddress: UInt32 = 0x4008_8000

  private(set) var memory: SplitTestMemory
  let exports: [UInt32]
  let extent: MemoryBlock

  /// Loads an image as the runtime does, into blocks exactly as large as it wants them.
  init(_ bytes: [UInt8]) throws(LoaderError) {
    let image = try ModuleImage(bytes.raw, chip: .esp32)
    try image.check()
    memory = SplitTestMemory(
      data: TestMemory(base: Self.dataAddress, size: image.blockSize),
      code: TestMemory(base: Self.codeAddress, size: image.codeBlockSize))
    let blocks = ModuleBlocks(
      Self.block(Self.dataAddress, image.blockSize),
      code: Self.block(Self.codeAddress, image.codeBlockSize))
    try image.place(in: blocks, &memory)
    try image.relocate(in: blocks, &memory)
    var exports: [UInt32] = []
    for index in 0..<image.exportCount {
      exports.append(try image.exportAddress(at: index, in: blocks))
    }
    self.exports = exports
    extent = image.extent(in: blocks)
  }

  private static func block(_ address: UInt32, _ size: UInt32) -> MemoryBlock {
    size == 0 ? .empty : MemoryBlock(dataAddress: address, executableAddress: address, size: size)
  }
}
