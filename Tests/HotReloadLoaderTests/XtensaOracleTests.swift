import HotReloadELF
import HotReloadLoader
import HotReloadPort
import TestImages
import Testing

/// The linker as oracle for what `ld -shared` makes for Xtensa: what it linked at one place and we loaded at another has
/// to be what it linked there. The objects are those of two compilers, from two files each.
@Suite struct XtensaOracleTests {
  @Test(arguments: ["gcc", "clang"])
  func loadsDataAndCodeApartAsTheLinkerLinksThem(compiler: String) throws {
    let bytes = try Fixture.bytes("xtensa-apart-\(compiler).so")
    let oracle = try Fixture.bytes("xtensa-apart-\(compiler)-at.so")
    let (data, code) = (UInt32(0x3FFB_0000), UInt32(0x4008_8000))
    let image = try ModuleImage(bytes.raw, chip: .esp32)
    try image.check()
    var memory = SplitTestMemory(
      data: TestMemory(base: data, size: image.blockSize),
      code: TestMemory(base: code, size: image.codeBlockSize))
    let blocks = ModuleBlocks(
      MemoryBlock(dataAddress: data, executableAddress: data, size: image.blockSize),
      code: MemoryBlock(dataAddress: code, executableAddress: code, size: image.codeBlockSize))
    try image.place(in: blocks, &memory)
    try image.relocate(in: blocks, &memory)
    #expect(memory.accessesOutside == 0 && memory.narrowAccesses == 0)
    let loaded = [data: memory.data.bytes, code: memory.code.bytes]
    #expect(try differences(loaded, oracle) == [])
    let name = Array("run".utf8)
    let run = try image.exportAddress(named: name.span, in: blocks)
    #expect(try run == PackedImageBuilder.value(of: "run", in: oracle))
  }

  @Test(arguments: ["gcc", "clang"])
  func loadsAdjacentRegionsAsTheLinkerLinksThem(compiler: String) throws {
    let bytes = try Fixture.bytes("xtensa-adjacent-\(compiler).so")
    let oracle = try Fixture.bytes("xtensa-adjacent-\(compiler)-at.so")
    let module = try load(bytes, chip: .qemuXtensa, at: 0x0300_0000)
    #expect(module.memory.accessesOutside == 0)
    #expect(try differences([0x0300_0000: module.memory.bytes], oracle) == [])
  }

  /// Without -Bsymbolic the linker leaves the module's own symbols to whoever loads it: GLOB_DAT.
  @Test func bindsTheModulesOwnSymbols() throws {
    let (symbolic, plain) = try (
      Fixture.bytes("xtensa-symbolic.so"), Fixture.bytes("xtensa-plain.so")
    )
    for (bytes, base) in [(symbolic, UInt32(0x0300_0000)), (plain, 0x0300_4000)] {
      let memory = try load(bytes, chip: .qemuXtensa, at: base).memory
      for (pointer, target) in [("global_pointer", "global"), ("function_pointer", "second")] {
        let place = try PackedImageBuilder.value(of: pointer, in: bytes)
        let value = try PackedImageBuilder.value(of: target, in: bytes)
        #expect(memory.linked(place) == base + value, "\(pointer)")
      }
      let odd = try PackedImageBuilder.value(of: "odd", in: bytes)
      let global = try PackedImageBuilder.value(of: "global", in: bytes)
      #expect(memory.linked(odd + 1) == base + global, "an odd address")
    }
  }

  @Test(arguments: [
    (chip: Chip.esp32, distance: UInt32(0xD_2000)), (.esp32s2, 0x7_0000), (.esp32s3, 0x6F_0000),
  ])
  func refusesAdjacentRegionsWhereTheyGoDifferentWays(chip: Chip, distance: UInt32) throws {
    for name in ["xtensa-plain.so", "xtensa-adjacent-gcc.so"] {
      #expect(
        XtensaModule.error(try Fixture.bytes(name), chip: chip)
          == .wrongExecutableOffset(found: 0, expected: distance), "\(name)")
    }
  }

  /// What the loaded bytes, by the address of their first, have else than the oracle in the sections that a module uses.
  /// The tables of the dynamic linker are told apart by their addresses anyway.
  private func differences(_ loaded: [UInt32: [UInt8]], _ oracle: [UInt8]) throws -> [String] {
    let file = try ELFFile(oracle.raw)
    var found: [String] = []
    var compared = 0
    for name in [".rodata", ".data", ".bss", ".text"] {
      let codes = Array(name.utf8)
      let section = try #require(try file.section(named: codes.span), "\(name)")
      let part = try #require(
        loaded.first { section.address >= $0.key && section.address - $0.key < $0.value.count },
        "\(name)")
      for offset in 0..<section.byteCount {
        let expected = name == ".bss" ? 0 : oracle[Int(section.offset + offset)]
        let actual = part.value[Int(section.address - part.key + offset)]
        compared += 1
        if actual != expected { found.append("\(name) + \(offset): \(actual), not \(expected)") }
      }
    }
    #expect(compared > 500)
    return found
  }
}
