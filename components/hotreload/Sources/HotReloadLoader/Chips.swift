// Sources: ESP-IDF's `soc/soc.h` (SOC_DRAM_LOW … SOC_IRAM_HIGH, SOC_EXTRAM_DATA_…), `esp_app_format.h`
// (esp_chip_id_t) and `Kconfig.cache` (CONFIG_CACHE_L1_CACHE_LINE_SIZE, CONFIG_CACHE_L2_CACHE_LINE_SIZE).
extension Chip {
  /// ESP32-C2, RV32IMC.
  public static let esp32c2 = Chip(
    name: "esp32c2", id: 12, instructionSet: .riscv(.soft),
    dataBus: AddressRange(0x3FCA_0000, 0x3FCE_0000),
    instructionBus: AddressRange(0x4038_0000, 0x403C_0000),
    executableOffset: 0x6E_0000, cacheLine: 1, externalMemory: nil)

  /// ESP32-C3, RV32IMC.
  public static let esp32c3 = Chip(
    name: "esp32c3", id: 5, instructionSet: .riscv(.soft),
    dataBus: AddressRange(0x3FC8_0000, 0x3FCE_0000),
    instructionBus: AddressRange(0x4038_0000, 0x403E_0000),
    executableOffset: 0x70_0000, cacheLine: 1, externalMemory: nil)

  /// ESP32-C5, RV32IMAC. External RAM lies behind a cache with lines of 32 bytes.
  public static let esp32c5 = Chip(
    unified: "esp32c5", id: 23, memory: AddressRange(0x4080_0000, 0x4086_0000),
    cacheLine: 32,
    externalMemory: ExternalMemory(
      data: AddressRange(0x4200_0000, 0x4400_0000), executableOffset: 0))

  /// ESP32-C6, RV32IMAC.
  public static let esp32c6 = Chip(
    unified: "esp32c6", id: 13, memory: AddressRange(0x4080_0000, 0x4088_0000))

  /// ESP32-C61, RV32IMAC. External RAM lies behind a cache with lines of 32 bytes.
  public static let esp32c61 = Chip(
    unified: "esp32c61", id: 20, memory: AddressRange(0x4080_0000, 0x4085_0000),
    cacheLine: 32,
    externalMemory: ExternalMemory(
      data: AddressRange(0x4200_0000, 0x4400_0000), executableOffset: 0))

  /// ESP32-H2, RV32IMAC.
  public static let esp32h2 = Chip(
    unified: "esp32h2", id: 16, memory: AddressRange(0x4080_0000, 0x4085_0000))

  /// ESP32-P4, RV32IMAFC. All RAM lies behind caches with lines of 64 bytes; a port for firmware with level-2 lines of
  /// 128 bytes allocates whole ones where it takes external RAM.
  public static let esp32p4 = Chip(
    unified: "esp32p4", id: 18, floatABI: .single,
    memory: AddressRange(0x4FF0_0000, 0x4FFC_0000), cacheLine: 64,
    externalMemory: ExternalMemory(
      data: AddressRange(0x4800_0000, 0x4C00_0000), executableOffset: 0))

  /// QEMU's `virt` machine as a chip: RV32IMAC, 128 MiB of RAM.
  public static let qemuRISCV32 = Chip(
    unified: "qemu-riscv32", id: 0xFF00, memory: AddressRange(0x8000_0000, 0x8800_0000))

  /// Number of chips in the table.
  public static var count: Int { all.count }

  /// Chip `index` of the table; `index` < `count`.
  public static func at(_ index: Int) -> Chip { all[index] }

  private static let all: InlineArray<8, Chip> = [
    esp32c2, esp32c3, esp32c5, esp32c6, esp32c61, esp32h2, esp32p4, qemuRISCV32,
  ]

  /// The chip with this `esp_chip_id_t`.
  public static func withID(_ id: UInt16) -> Chip? {
    for index in all.indices where self.id(at: index) == id { return all[index] }
    return nil
  }

  // A call of its own, so that the loop is not unrolled.
  @inline(never)
  private static func id(at index: Int) -> UInt16 { all[index].id }

  /// The chip with this name (ESP-IDF's target name, in ASCII).
  public static func named(_ name: Span<UInt8>) -> Chip? {
    for index in all.indices where all[index].isNamed(name) { return all[index] }
    return nil
  }

  private func isNamed(_ other: Span<UInt8>) -> Bool {
    guard name.utf8CodeUnitCount == other.count else { return false }
    for index in other.indices {
      // Safety: `index` is below the number of code units of a literal that lives for ever.
      guard unsafe name.utf8Start[index] == other[index] else { return false }
    }
    return true
  }

  /// A chip with one address space.
  private init(
    unified name: StaticString, id: UInt16, floatABI: RISCVFloatABI = .soft, memory: AddressRange,
    cacheLine: UInt32 = 1, externalMemory: ExternalMemory? = nil
  ) {
    self.init(
      name: name, id: id, instructionSet: .riscv(floatABI), dataBus: memory, instructionBus: memory,
      executableOffset: 0, cacheLine: cacheLine,
      externalMemory: externalMemory)
  }
}
