import TestImages
import HotReloadLoader
import HotReloadPort
import Testing

@Suite struct BlockTests {
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
        try image.place(in: block, &memory)
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

  @Test func wantsACacheLineWhereThereIsACache() throws {
    var builder = PackedImageBuilder.small(chip: 18)
    builder.elfFlags = 3
    let bytes = builder.build()
    #expect(try ModuleImage(bytes.raw, chip: .esp32p4).blockAlignment == 64)
    #expect(try ModuleImage(bytes.raw, chip: .esp32p4).blockSize == 64)
    builder.kept = [0, 1, 8, 4]
    builder.keptNames = [0x61, 0, 0, 0]
    let keeping = builder.build()
    let image = try ModuleImage(keeping.raw, chip: .esp32p4)
    let (table, size) = (image.keptTableOffset, image.blockSize)
    #expect(table == 64)
    #expect(size == 128, "whole lines: nothing else is in them")
    builder.segments[0].alignment = 4096
    let aligned = builder.build()
    #expect(try ModuleImage(aligned.raw, chip: .esp32p4).blockAlignment == 4096)
  }

  @Test func loadsAboveTheSignBit() throws {
    let bytes = PackedImageBuilder.small(chip: 0xFF00).build()
    let module = try load(bytes, chip: .qemuRISCV32, at: 0xFFFF_FFC0 - 0x40)
    #expect(module.memory.word(at: 0xFFFF_FF80) == 0xFFFF_FF88)
  }
}
