import TestImages
import HotReloadLoader
import HotReloadPort
import Testing

@Suite struct BlockTests {
  /// Chips whose modules are linked for the distance of their buses, by index.
  static let riscvChips = (0..<Chip.count).filter { Chip.at($0).instructionSet != .xtensa }

  @Test(arguments: ["plain.so", "symbolic.so", "relr.so", "weak.so", "trivial.so", "emitted.so"])
  func writesEachByteOfTheBlockOnce(name: String) throws {
    let module = try load(try Fixture.bytes(name))
    #expect(module.memory.bulkWrites.allSatisfy { $0 == 1 })
    #expect(module.memory.accessesOutside == 0)
    #expect(UInt32(module.memory.bytes.count) == module.block.size)
  }

  private func place(_ block: MemoryBlock, executableOffset: UInt32) -> LoaderError? {
    let bytes = PackedImageBuilder.small(executableOffset: executableOffset, chip: 5).build()
    var memory = TestMemory(base: block.dataAddress, size: 0)
    do throws(LoaderError) {
      let image = try ModuleImage(bytes.raw, chip: .esp32c3)
      do throws(LoaderError) {
        try image.place(in: ModuleBlocks(block), &memory)
        return nil
      } catch {
        #expect(memory.accessesOutside == 0, "refused before anything is written")
        return error
      }
    } catch { return error }
  }

  @Test func refusesMemoryWithAnotherDistanceOfTheBuses() {
    let block = MemoryBlock(
      dataAddress: 0x5000_0000, executableAddress: 0x5000_0000, size: 0x40)
    #expect(
      place(block, executableOffset: 0x70_0000)
        == .wrongExecutableOffset(found: 0x70_0000, expected: 0))
  }

  @Test func refusesTooLittleMemory() {
    let block = MemoryBlock(
      dataAddress: 0x3FC9_0000, executableAddress: 0x4039_0000, size: 0x3C)
    #expect(
      place(block, executableOffset: 0x70_0000) == .blockTooSmall(needed: 0x40, found: 0x3C))
  }

  @Test func refusesMisalignedMemory() {
    let block = MemoryBlock(
      dataAddress: 0x3FC9_0008, executableAddress: 0x4039_0008, size: 0x40)
    #expect(
      place(block, executableOffset: 0x70_0000)
        == .blockMisaligned(address: 0x3FC9_0008, alignment: 16))
  }

  /// The small image for a chip, with `size` bytes of code.
  private func image(for chip: Chip, codeSize: Int = 32) -> PackedImageBuilder {
    var builder = PackedImageBuilder.small(executableOffset: chip.executableOffset, chip: chip.id)
    if chip.instructionSet == .riscv(.single) { builder.elfFlags = 3 }
    builder.segments[1].bytes = .init(repeating: 0x13, count: codeSize)
    return builder
  }

  @Test(arguments: Self.riscvChips)
  func wantsWholeCacheLinesWhereThereIsACache(index: Int) throws {
    let chip = Chip.at(index)
    let unit = max(chip.cacheLine, 4)
    for codeSize in [1, 32, 33, 95, 96, 97, 1000] {
      for keptCount in 0...2 as ClosedRange<UInt32> {
        var builder = image(for: chip, codeSize: codeSize)
        for _ in 0..<keptCount { builder.kept += [0, 1, 8, 4] }
        builder.keptNames = [0x61, 0, 0, 0]
        let bytes = builder.build()
        let parsed = try ModuleImage(bytes.raw, chip: chip)
        let (table, size) = (parsed.keptTableOffset, parsed.blockSize)
        #expect(table == (0x20 + UInt32(codeSize) + 3) & ~3, "\(chip.name), \(codeSize)")
        let needed = table + keptCount * KeptRecord.size
        #expect(size == (needed + unit - 1) / unit * unit, "\(chip.name), \(codeSize)")
        #expect(parsed.blockAlignment == max(16, chip.cacheLine), "\(chip.name)")
      }
    }
  }

  @Test(arguments: Self.riscvChips, [UInt32(1), 16, 32, 64, 128, 4096])
  func isAlignedAsItsDataWants(index: Int, alignment: UInt32) throws {
    let chip = Chip.at(index)
    var builder = image(for: chip)
    builder.segments[0].alignment = alignment
    let bytes = builder.build()
    let wanted = try ModuleImage(bytes.raw, chip: chip).blockAlignment
    #expect(wanted == max(16, chip.cacheLine, alignment), "\(chip.name)")
    let base = (chip.dataBus.start + 8192) & ~8191
    #expect(loadError(bytes, chip: chip, at: base + wanted) == nil)
    #expect(
      loadError(bytes, chip: chip, at: base + wanted / 2)
        == .blockMisaligned(address: base + wanted / 2, alignment: wanted))
  }

  @Test func emptySegmentsTakeNoRoom() throws {
    let whole = try load(PackedImageBuilder.small().build())
    for (index, address) in [(0, UInt32(0)), (1, 0xFFFF_FFFF), (1, 0x10), (2, 0)] {
      var builder = PackedImageBuilder.small()
      builder.segments.insert(
        .init(address: address, bytes: [], flags: PackedImageBuilder.Segment.data), at: index)
      let module = try load(builder.build())
      #expect(module.block == whole.block, "segment \(index) at \(address)")
      #expect(module.memory.bytes == whole.memory.bytes)
    }
  }

  @Test func loadsAboveTheSignBit() throws {
    let bytes = PackedImageBuilder.small(chip: 0xFF00).build()
    let module = try load(bytes, chip: .qemuRISCV32, at: 0xFFFF_FFC0 - 0x40)
    #expect(module.memory.word(at: 0xFFFF_FF80) == 0xFFFF_FF88)
  }
}
