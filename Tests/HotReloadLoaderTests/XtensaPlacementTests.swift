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
