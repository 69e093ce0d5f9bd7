// Sources: ESP-IDF's `soc/soc.h` (SOC_DRAM_LOW … SOC_IRAM_HIGH, SOC_EXTRAM_DATA_…), `esp_app_format.h`
// (esp_chip_id_t) and `Kconfig.cache` (CONFIG_CACHE_L1_CACHE_LINE_SIZE, CONFIG_CACHE_L2_CACHE_LINE_SIZE,
// CONFIG_ESP32S2_…_CACHE_LINE_SIZE, CONFIG_ESP32S3_…_CACHE_LINE_SIZE).
extension Chip {
  /// ESP32-C2, RV32IMC.
  public static let esp32c2 = Chip(
    name: "esp32c2", id: 12, instructionSet: .riscv(.soft), placement: .oneBlock,
    dataBus: AddressRange(0x3FCA_0000, 0x3FCE_0000),
    instructionBus: AddressRange(0x4038_0000, 0x403C_0000),
    executableOffset: 0x6E_0000, cacheLine: 1, externalMemory: nil)

  /// ESP32-C3, RV32IMC.
  public static let esp32c3 = Chip(
    name: "esp32c3", id: 5, instructionSet: .riscv(.soft), placement: .oneBlock,
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
    unified: "esp32p4", id: 18, instructionSet: .riscv(.single),
    memory: AddressRange(0x4FF0_0000, 0x4FFC_0000), cacheLine: 64,
    externalMemory: ExternalMemory(
      data: AddressRange(0x4800_0000, 0x4C00_0000), executableOffset: 0))

  /// QEMU's `virt` machine as a chip: RV32IMAC, 128 MiB of RAM.
  public static let qemuRISCV32 = Chip(
    unified: "qemu-riscv32", id: 0xFF00, memory: AddressRange(0x8000_0000, 0x8800_0000))

  /// ESP32, Xtensa LX6. Code goes into IRAM (SOC_IRAM_LOW …), which takes aligned words only, everything else into
  /// DRAM (SOC_DRAM_LOW …). SRAM 1 has addresses on both buses, but in opposite order (SOC_DIRAM_INVERTED), and
  /// external RAM cannot be executed.
  public static let esp32 = Chip(
    name: "esp32", id: 0, instructionSet: .xtensa, placement: .split,
    dataBus: AddressRange(0x3FFA_E000, 0x4000_0000),
    instructionBus: AddressRange(0x4008_0000, 0x400A_A000),
    executableOffset: 0xD_2000, cacheLine: 1, externalMemory: nil)

  /// ESP32-S2, Xtensa LX7. External RAM lies behind caches with lines of up to 32 bytes and is executed through pages of
  /// the MMU.
  public static let esp32s2 = Chip(
    name: "esp32s2", id: 2, instructionSet: .xtensa, placement: .oneBlock,
    dataBus: AddressRange(0x3FFB_0000, 0x4000_0000),
    instructionBus: AddressRange(0x4002_0000, 0x4007_0000),
    executableOffset: 0x7_0000, cacheLine: 32,
    externalMemory: ExternalMemory(
      data: AddressRange(0x3F50_0000, 0x3FF8_0000),
      executableOffset: ExternalMemory.throughPages))

  /// ESP32-S3, Xtensa LX7. External RAM lies behind caches with lines of up to 64 bytes (data) and has an alias
  /// from SOC_IROM_LOW on.
  public static let esp32s3 = Chip(
    name: "esp32s3", id: 9, instructionSet: .xtensa, placement: .oneBlock,
    dataBus: AddressRange(0x3FC8_8000, 0x3FCF_0000),
    instructionBus: AddressRange(0x4037_8000, 0x403E_0000),
    executableOffset: 0x6F_0000, cacheLine: 64,
    externalMemory: ExternalMemory(
      data: AddressRange(0x3C00_0000, 0x3E00_0000), executableOffset: 0x600_0000))

  /// QEMU's `lx60` machine with a `dc233c` as a chip: 16 MiB of its RAM for modules, in the same 1 GiB as firmware.
  public static let qemuXtensa = Chip(
    unified: "qemu-xtensa", id: 0xFF01, instructionSet: .xtensa,
    memory: AddressRange(0x4B00_0000, 0x4C00_0000))

  /// Number of chips in the table.
  public static var count: Int { all.count }

  /// Chip `index` of the table; `index` < `count`.
  public static func at(_ index: Int) -> Chip { all[index] }

  private static let all = supported

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
    unified name: StaticString, id: UInt16, instructionSet: InstructionSet = .riscv(.soft),
    memory: AddressRange, cacheLine: UInt32 = 1, externalMemory: ExternalMemory? = nil
  ) {
    self.init(
      name: name, id: id, instructionSet: instructionSet, placement: .oneBlock, dataBus: memory,
      instructionBus: memory, executableOffset: 0, cacheLine: cacheLine,
      externalMemory: externalMemory)
  }
}
