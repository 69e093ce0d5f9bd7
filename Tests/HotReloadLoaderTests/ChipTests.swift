import HotReloadLoader
import Testing

@Suite struct ChipTests {
  @Test(arguments: [
    (name: "esp32c2", id: UInt16(12), offset: UInt32(0x6E_0000)), ("esp32c3", 5, 0x70_0000),
    ("esp32c5", 23, 0), ("esp32c6", 13, 0), ("esp32c61", 20, 0), ("esp32h2", 16, 0),
    ("esp32p4", 18, 0), ("qemu-riscv32", 0xFF00, 0),
    ("esp32", 0, 0xD_2000), ("esp32s2", 2, 0x7_0000), ("esp32s3", 9, 0x6F_0000),
    ("qemu-xtensa", 0xFF01, 0),
  ])
  func isFoundByNameAndID(name: String, id: UInt16, offset: UInt32) throws {
    let codes = Array(name.utf8)
    let found = Chip.named(codes.span)
    let named = try #require(found)
    let numbered = try #require(Chip.withID(id))
    #expect(named.id == id)
    #expect("\(numbered.name)" == name)
    #expect(numbered.executableOffset == offset)
  }

  @Test(arguments: ["", "esp3", "esp32s", "esp32c", "esp32c33", "ESP32C3"])
  func hasNoOtherNames(name: String) {
    let codes = Array(name.utf8)
    let found = Chip.named(codes.span)
    #expect(found == nil)
  }

  @Test(arguments: [UInt16(1), 3, 4, 0xFF02, 0xFFFF])
  func hasNoOtherIDs(id: UInt16) {
    #expect(Chip.withID(id) == nil)
  }

  @Test(arguments: 0..<Chip.count)
  func seesTheSameMemoryOnBothBuses(index: Int) {
    let chip = Chip.at(index)
    guard chip.placement == .oneBlock else { return }
    #expect(
      chip.instructionBus.end == chip.dataBus.end &+ chip.executableOffset, "\(chip.name)")
    let start = chip.dataBus.start &+ chip.executableOffset
    #expect(start == chip.instructionBus.start || chip.instructionBus.contains(start))
    #expect(chip.hasExecutableOffset(chip.executableOffset))
    #expect(!chip.hasExecutableOffset(4))
  }
}
