import HotReloadLoader
import HotReloadPort
import TestImages

@testable import HotReloadBuild

/// A module image that a chip's own loader has put into its memory.
struct LoadedXtensaModule {
  /// Memory that a chip has for modules.
  struct Place: Sendable {
    var chip: Chip
    /// Of data, on the data bus.
    var address: UInt32
    /// Where the block is executed; of ESP32: where the block for code is.
    var executableAddress: UInt32
  }

  /// Internal RAM and, where code runs in it, external RAM of each chip (docs/chips, HotReloadLoader's table). Addresses of
  /// ESP32-S2's external RAM are those of two pages of its MMU.
  static let places: [Place] = [
    Place(chip: .esp32, address: 0x3FFB_4000, executableAddress: 0x4009_0000),
    Place(chip: .esp32s2, address: 0x3FFC_0040, executableAddress: 0x3FFC_0040 + 0x7_0000),
    Place(chip: .esp32s2, address: 0x3F51_0040, executableAddress: 0x400A_0040),
    Place(chip: .esp32s3, address: 0x3FC9_1240, executableAddress: 0x3FC9_1240 + 0x6F_0000),
    Place(chip: .esp32s3, address: 0x3C01_0000, executableAddress: 0x4201_0000),
    Place(
      chip: .qemuXtensa, address: Chip.qemuXtensa.dataBus.start,
      executableAddress: Chip.qemuXtensa.dataBus.start),
  ]

  private let memory: SplitTestMemory
  private let place: Place
  private let codeStart: UInt32
  /// Where the regions begin; the code as it is executed.
  let extent: MemoryBlock

  init(_ bytes: [UInt8], at place: Place) throws {
    let image = try ModuleImage(bytes.span.raw, chip: place.chip)
    try image.check()
    self.place = place
    codeStart = image.isSplit ? place.executableAddress : place.address
    var memory = SplitTestMemory(
      data: TestMemory(base: place.address, size: image.blockSize),
      code: TestMemory(base: codeStart, size: image.codeBlockSize))
    let block = MemoryBlock(
      dataAddress: place.address,
      executableAddress: image.isSplit ? place.address : place.executableAddress,
      size: image.blockSize)
    let code = MemoryBlock(
      dataAddress: codeStart, executableAddress: codeStart, size: image.codeBlockSize)
    let blocks = image.isSplit ? ModuleBlocks(block, code: code) : ModuleBlocks(block)
    try image.place(in: blocks, &memory)
    try image.relocate(in: blocks, &memory)
    guard memory.accessesOutside == 0, memory.narrowAccesses == 0 else {
      throw BuildFailure(.other, .refusedByLoader, "the loader left its memory")
    }
    extent = image.extent(in: blocks)
    self.memory = memory
  }

  /// What is at an address of data, on the data bus, or of code, as it is executed.
  func byte(at address: UInt32) -> UInt8 {
    if codeStart == place.executableAddress, codeStart != place.address, address >= codeStart {
      return memory.code.bytes[Int(address - codeStart)]
    }
    let isCode = address >= extent.executableAddress
    let start = isCode ? place.executableAddress : place.address
    return memory.data.bytes[Int(address - start)]
  }
}
