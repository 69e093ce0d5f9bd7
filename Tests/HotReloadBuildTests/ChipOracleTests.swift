import HotReloadELF
import HotReloadLoader
import HotReloadPort
import SystemPackage
import TestImages
import Testing

@testable import HotReloadBuild

/// The linker as oracle, for every chip: what is compiled, linked at 0, packed, and loaded at an address by the chip's
/// loader has to be, byte by byte, what the linker makes of the same objects at that address.
struct ChipOracleTests {
  typealias Variant = CorpusProject.Variant

  static let chips = (0..<Chip.count).map { Chip.at($0) }
    .filter { $0.instructionSet != .xtensa }.map { "\($0.name)" }
  static let variants =
    chips.map { Variant(chip: $0, level: "-Os") }
    + ["-O0", "-O1", "-O2", "-O3"].map { Variant(chip: "esp32c3", level: $0) }
    + ["esp32c2", "esp32p4"].map { Variant(chip: $0, level: "-O2", isCompressed: false) }

  @Test(arguments: variants)
  func `a loaded module is what the linker makes at its address`(variant: Variant) async throws {
    try await compare(CorpusProject(variant), seed: 20)
  }

  @Test(
    .enabled(
      if: Toolchain.gnuLinker != nil,
      "no riscv64-linux-gnu-ld here (Debian: binutils-riscv64-linux-gnu)"),
    arguments: chips.map { Variant(chip: $0, level: "-Os") })
  func `the same with GNU ld`(variant: Variant) async throws {
    let linker = [try #require(Toolchain.gnuLinker), "-m", "elf32lriscv"]
    try await compare(CorpusProject(variant, linker: linker), seed: 21)
  }

  @Test func `a missing fixup and a wrong byte are found, by address and section`() async throws {
    let project = try await CorpusProject(Variant(chip: "esp32c3", level: "-Os"))
    let image = try FileContents.read(project.plan.output.module("corpus").image)
    let base = project.chip.dataBus.start
    let oracle = try await LinkedAtAddress(
      "corpus", of: project, at: base, blockSize: blockSize(image, project.chip), calls: .direct)
    let contents = try ImageContents(image)
    #expect(contents.relativeCount > 3 && contents.oddCount > 3)
    #expect(oracle.differences(from: try load(image, project.chip, at: base)) == [])

    // RELR begins with an address and a bitmap of the words behind it: bit n stands for the n-th.
    let (first, bitmap) = (
      contents.table(contents.exportCount), contents.table(contents.exportCount + 1)
    )
    let bit = UInt32((bitmap & ~1).trailingZeroBitCount)
    #expect(bitmap & 1 == 1 && bit < 32, "a bitmap")
    let tables = 52 + 3 * 32 + 24 + 120
    var changed = image
    changed.set(word: bitmap & ~(1 << bit), at: tables + 4 * (contents.exportCount + 1))
    let missed = oracle.differences(from: try load(changed, project.chip, at: base))
    #expect(missed.count == 1)
    let place = "0x\(Hexadecimal.text(base + first + 4 * bit)) in .data: "
    #expect(missed.first?.hasPrefix(place) == true, "\(missed)")

    changed = image
    changed[changed.count - 1] ^= 1
    let damaged = oracle.differences(from: try load(changed, project.chip, at: base))
    #expect(damaged.count == 1)
    #expect(damaged.first?.contains(" in .text: ") == true, "\(damaged)")
  }

  /// Every module of the project, at three addresses of each memory of the chip; at one if there is nothing to fix.
  private func compare(_ project: CorpusProject, seed: UInt64) async throws {
    var random = SplitMix(seed)
    for module in CorpusProject.modules.keys.sorted() {
      let image = try FileContents.read(project.plan.output.module(module).image)
      let size = try blockSize(image, project.chip)
      let bases = project.chip.bases(for: size, &random)
      let isFixed = try ImageContents(image).relativeCount > 0
      for base in isFixed ? bases : bases.suffix(1) {
        let oracle = try await LinkedAtAddress(
          module, of: project, at: base, blockSize: size,
          calls: CorpusProject.calling.contains(module) ? .indirect : .direct)
        let differences = oracle.differences(from: try load(image, project.chip, at: base))
        #expect(
          differences.isEmpty,
          "\(module) at 0x\(Hexadecimal.text(base)), seed \(seed):\n\(differences.joined(separator: "\n"))"
        )
      }
    }
  }

  private func blockSize(_ image: [UInt8], _ chip: Chip) throws -> UInt32 {
    try ModuleImage(image.span.raw, chip: chip).blockSize
  }

  /// The block after the chip's own loader has filled it.
  private func load(_ bytes: [UInt8], _ chip: Chip, at base: UInt32) throws -> [UInt8] {
    let image = try ModuleImage(bytes.span.raw, chip: chip)
    try image.check()
    var memory = TestMemory(base: base, size: image.blockSize)
    let block = MemoryBlock(
      dataAddress: base, executableAddress: base &+ image.executableOffset, size: image.blockSize)
    try image.place(in: ModuleBlocks(block), &memory)
    try image.relocate(in: ModuleBlocks(block), &memory)
    #expect(memory.accessesOutside == 0)
    return memory.bytes
  }
}

extension Chip {
  /// The first, the last, and any address in between where a block of `size` bytes can be, for each memory of the chip;
  /// all multiples of 64, the largest alignment in the corpus.
  fileprivate func bases(for size: UInt32, _ random: inout SplitMix) -> [UInt32] {
    var bases: [UInt32] = []
    for memory in [dataBus] + (externalMemory.map { [$0.data] } ?? []) {
      let last = (memory.end - size) & ~63
      let any = UInt32.random(in: memory.start...last, using: &random) & ~63
      bases += [memory.start, any, last]
    }
    return bases
  }
}
