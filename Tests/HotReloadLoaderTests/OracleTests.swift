import TestImages
import HotReloadELF
import HotReloadLoader
import Testing

/// The linker as oracle: what it linked at 0 and we loaded at X has to be what it linked at X.
@Suite struct OracleTests {
  private let base: UInt32 = 0x3FC8_0000

  @Test func loadsAPlainObjectAsTheLinkerLinksIt() throws {
    let memory = try load(try Fixture.bytes("symbolic.so"), at: base).memory
    let oracle = try Fixture.bytes("symbolic-at-3fc80000.so")
    #expect(try differences(memory, oracle, executableOffset: 0) == [])
  }

  @Test func loadsAPackedImageForTwoBusesAsTheLinkerLinksIt() throws {
    let builder = try PackedImageBuilder.packing(
      Fixture.bytes("bus.so"), exports: ["run", "helper", "name_of"], chip: 5,
      executableOffset: 0x70_0000)
    #expect(builder.odd.count == 2 && builder.relative.count > 1)
    let bytes = builder.build()
    let module = try load(bytes, chip: .esp32c3, at: base)
    let oracle = try Fixture.bytes("bus-at-3fc80000.so")
    #expect(try differences(module.memory, oracle, executableOffset: 0x70_0000) == [])

    let image = try ModuleImage(bytes.raw, chip: .esp32c3)
    for (index, name) in ["helper", "name_of", "run"].enumerated() {
      #expect(
        try image.exportAddress(at: UInt32(index), in: module.blocks)
          == PackedImageBuilder.value(of: name, in: oracle), "\(name)")
    }
  }

  /// Offsets in the block where memory and the linker's sections differ. The first word of .got is the
  /// link-time address of the dynamic section (psABI), which nobody relocates.
  private func differences(
    _ memory: TestMemory, _ oracle: [UInt8], executableOffset: UInt32
  ) throws -> [Int] {
    let file = try ELFFile(oracle.raw)
    let got = Array(".got".utf8)
    let gotAddress = try file.section(named: got.span)?.address
    var differences: [Int] = []
    var compared = 0
    for index in 0..<(try file.sectionCount) {
      let section = try file.sectionHeader(at: index)
      guard section.flags.isAllocated, section.address < 0xE000_0000,
        section.type == .programBits || section.type == .noBits
      else { continue }
      let offset = section.flags.isExecutable ? executableOffset : 0
      let start = Int(section.address - base - offset)
      let contents = Int(section.offset)
      for byte in 0..<Int(section.byteCount) {
        if section.address == gotAddress, byte < 4 { continue }
        let expected = section.type == .noBits ? 0 : oracle[contents + byte]
        if memory.bytes[start + byte] != expected { differences.append(start + byte) }
        compared += 1
      }
    }
    #expect(compared > 600, "bytes that were compared")
    return differences
  }
}
