import HotReloadLoader
import Testing

@Suite struct ChipTests {
  @Test(arguments: [
    (name: "esp32c2", id: UInt16(12), offset: UInt32(0x6E_0000)), ("esp32c3", 5, 0x70_0000),
    ("esp32c5", 23, 0), ("esp32c6", 13, 0), ("esp32c61", 20, 0), ("esp32h2", 16, 0),
    ("esp32p4", 18, 0), ("qemu-riscv32", 0xFF00, 0),
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

  @Test(arguments: ["", "esp32", "esp32c", "esp32c33", "ESP32C3"])
  func hasNoOtherNames(name: String) {
    let codes = Array(name.utf8)
    let found = Chip.named(codes.span)
    #expect(found == nil)
  }

  @Test(arguments: [UInt16(0), 2, 9, 0xFFFF])
  func hasNoOtherIDs(id: UInt16) {
    #expect(Chip.withID(id) == nil)
  }

  @Test(arguments: 0..<Chip.count)
  func seesTheSameMemoryOnBothBuses(index: Int) {
    let chip = Chip.at(index)
    #expect(
      chip.instructionBus.end == chip.dataBus.end &+ chip.executableOffset, "\(chip.name)")
    let start = chip.dataBus.start &+ chip.executableOffset
    #expect(start == chip.instructionBus.start || chip.instructionBus.contains(start))
    #expect(chip.hasExecutableOffset(chip.executableOffset))
    #expect(!chip.hasExecutableOffset(4))
  }
}
