import HotReloadELF
import HotReloadLoader
import HotReloadPort
import TestImages
import Testing

@Suite struct KeptVariableTests {
  /// A module that keeps `a` (4 bytes in the file) and `total` (16 bytes of zeros), with a lifecycle function.
  private static func image(chip: UInt16 = 13) -> PackedImageBuilder {
    var builder = PackedImageBuilder.small(chip: chip)
    builder.lifecycle = 0x28
    builder.kept = [0, 0xAAAA_0001, 8, 4, 2, 0xBBBB_0002, 0x10, 16]
    builder.keptNames = Array("a\0total\0".utf8)
    return builder
  }

  @Test func findsTheLifecycleFunction() throws {
    let bytes = Self.image().build()
    let image = try ModuleImage(bytes.raw, chip: .esp32c6)
    let block = MemoryBlock(
      dataAddress: 0x4081_0000, executableAddress: 0x4081_0000, size: image.blockSize)
    #expect(image.lifecycleAddress(in: ModuleBlocks(block)) == 0x4081_0028)
    let without = PackedImageBuilder.small().build()
    let other = try ModuleImage(without.raw, chip: .esp32c6)
    #expect(other.lifecycleAddress(in: ModuleBlocks(block)) == 0)
  }

  @Test func findsTheLifecycleFunctionOnTheInstructionBus() throws {
    var builder = PackedImageBuilder.small(executableOffset: 0x70_0000, chip: 5)
    builder.lifecycle = 0x70_0028
    let bytes = builder.build()
    let module = try load(bytes, chip: .esp32c3, at: 0x3FC9_0000)
    let image = try ModuleImage(bytes.raw, chip: .esp32c3)
    #expect(image.lifecycleAddress(in: module.blocks) == 0x4039_0028)
  }

  @Test func describesKeptVariables() throws {
    let bytes = Self.image().build()
    let image = try ModuleImage(bytes.raw, chip: .esp32c6)
    var names: [String] = []
    var found: [[UInt32]] = []
    for index in 0..<image.keptCount {
      let variable = try image.kept(at: index)
      found.append([variable.nameHash, variable.layoutHash, variable.address, variable.byteCount])
      let name = try image.keptName(at: index)
      names.append(try text(name))
    }
    #expect(names == ["a", "total"])
    // The first is the published test vector of FNV-1a for "a" (draft-eastlake-fnv, appendix).
    #expect(found == [[0xE40C_292C, 0xAAAA_0001, 8, 4], [0x04D0_92FD, 0xBBBB_0002, 0x10, 16]])
  }

  @Test func writesTheirRecordsBehindTheModule() throws {
    let bytes = Self.image().build()
    let image = try ModuleImage(bytes.raw, chip: .esp32c6)
    let (size, table) = (image.blockSize, image.keptTableOffset)
    #expect(table == 0x40)
    #expect(size == 0x60)
    let module = try load(bytes)
    #expect(module.memory.accessesOutside == 0)
    for index in 0..<image.keptCount {
      let linked = try image.kept(at: index)
      let place = module.block.dataAddress + table + index * KeptRecord.size
      let loaded = KeptRecord(at: place, in: module.memory)
      #expect(loaded.nameHash == linked.nameHash)
      #expect(loaded.layoutHash == linked.layoutHash)
      #expect(loaded.address == linked.address + module.block.dataAddress)
      #expect(loaded.byteCount == linked.byteCount)
    }
  }

  @Test func keepsNothingOfAPlainObject() throws {
    let bytes = try Fixture.bytes("symbolic.so")
    let image = try ModuleImage(bytes.raw, chip: .esp32c6)
    let (count, table, size) = (image.keptCount, image.keptTableOffset, image.blockSize)
    #expect(count == 0)
    #expect(table == size)
  }

  typealias Refusal = PackedImageTests.Refusal

  @Test(arguments: [
    Refusal("lifecycle in data", .lifecycleOutsideCode(address: 8)) { $0.lifecycle = 8 },
    Refusal("lifecycle behind", .lifecycleOutsideCode(address: 0x40)) { $0.lifecycle = 0x40 },
    Refusal("lifecycle nowhere", .lifecycleOutsideCode(address: .max)) { $0.lifecycle = .max },
    Refusal("variable in code", .keptOutsideData(address: 0x20)) { $0.kept[2] = 0x20 },
    Refusal("variable across the end", .keptOutsideData(address: 0x11)) { $0.kept[6] = 0x11 },
    Refusal("variable nowhere", .keptOutsideData(address: 0xFFFF_FFF0)) {
      $0.kept[6] = 0xFFFF_FFF0
    },
    Refusal("variable that wraps", .keptOutsideData(address: 8)) { $0.kept[3] = .max },
    Refusal("name behind the names", .badKeptName(offset: 8)) { $0.kept[4] = 8 },
    Refusal("name nowhere", .badKeptName(offset: .max)) { $0.kept[4] = .max },
    Refusal("name without end", .badKeptName(offset: 2)) { $0.keptNames[7] = 0x6C },
    Refusal("no names", .badKeptName(offset: 0)) { $0.keptNames = [] },
    Refusal("crooked names", .elf(.badEntrySize(7))) { $0.keptNames.removeLast() },
  ])
  func refuses(_ refusal: Refusal) {
    var builder = Self.image()
    refusal.change(&builder)
    #expect(loadError(builder.build()) == refusal.error)
  }

  @Test(arguments: [112, 116])
  func refusesCountsThatTheNoteDoesNotHold(field: Int) throws {
    let offset = 52 + 3 * 32 + 24 + field
    for count in [
      UInt32(12), 0x0FFF_FFFC, 0x1000_0000, 0x1000_0004, 0x4000_0000, 0x8000_0000, 0xFFFF_FFFC,
    ] {
      var bytes = Self.image().build()
      bytes.set(word: count, at: offset)
      guard case .elf(.outOfBounds) = loadError(bytes) else {
        Issue.record("count \(count) at \(field): \(String(describing: loadError(bytes)))")
        continue
      }
    }
  }

  @Test func refusesIndicesBehindTheTable() throws {
    let bytes = Self.image().build()
    let image = try ModuleImage(bytes.raw, chip: .esp32c6)
    for index in [UInt32(2), 0x1000_0000, .max] {
      var error: LoaderError?
      do throws(LoaderError) { _ = try image.kept(at: index) } catch let thrown { error = thrown }
      #expect(error == .noSuchKeptVariable(index))
    }
  }

  private func text(_ view: borrowing ByteView) throws -> String {
    var bytes: [UInt8] = []
    for offset in 0..<view.count { bytes.append(try view.byte(at: offset)) }
    return String(decoding: bytes, as: UTF8.self)
  }
}
