/// A range of addresses, without its end.
public struct AddressRange: Equatable, Sendable {
  /// The first address.
  public let start: UInt32
  /// The address behind the last.
  public let end: UInt32

  /// The addresses `start` to `end`, without `end`.
  public init(_ start: UInt32, _ end: UInt32) {
    self.start = start
    self.end = end
  }

  /// Whether the range contains `address`.
  public func contains(_ address: UInt32) -> Bool { address >= start && address < end }

  /// Whether the range contains `count` bytes from `address`.
  public func contains(_ address: UInt32, count: UInt32) -> Bool {
    contains(address) && count <= end &- address
  }
}

/// What a module for a chip has to be compiled for.
public enum InstructionSet: Equatable, Sendable {
  /// RISC-V, 32 bits, with compressed instructions, and this float ABI.
  case riscv(RISCVFloatABI)
  /// Xtensa, 32 bits, little-endian, with register windows.
  case xtensa
}

/// How much memory a module takes at a time.
public enum Placement: Equatable, Sendable {
  /// One block, data first, then code: both buses see it.
  case oneBlock
  /// Two, data and code apart: memory that can be executed takes aligned words only.
  case split
}

/// The registers that carry floating-point arguments: `EF_RISCV_FLOAT_ABI` in `e_flags` (RISC-V psABI,
/// "File Header"). Modules and firmware must agree.
public enum RISCVFloatABI: Equatable, Sendable {
  /// Integer registers (ilp32).
  case soft
  /// 32-bit floating-point registers (ilp32f).
  case single
}

/// Executable external RAM (PSRAM).
public struct ExternalMemory: Equatable, Sendable {
  /// Where the data bus sees it.
  public let data: AddressRange
  /// What is added to a data address to execute it; `throughPages` where that is another number for each block.
  public let executableOffset: UInt32

  /// The pages of a block are mapped into the instruction bus when it is allocated, wherever there is room
  /// (ESP32-S2: pages of 64 KiB). No distance of two buses is this number.
  public static var throughPages: UInt32 { .max }
}

/// What the loader has to know of a chip. Plain data: every chip is loaded for on every machine.
public struct Chip: Sendable {
  /// ESP-IDF's target name.
  public let name: StaticString
  /// ESP-IDF's `esp_chip_id_t`; 0xFF00 and up for virtual chips.
  public let id: UInt16
  /// What code for this chip is compiled for.
  public let instructionSet: InstructionSet
  /// How its memory is divided.
  public let placement: Placement
  /// Where the data bus sees internal RAM.
  public let dataBus: AddressRange
  /// Where the instruction bus sees it.
  public let instructionBus: AddressRange
  /// What is added to a data address of internal RAM to execute it. Modules for RISC-V are linked for it. Where data and
  /// code are apart (`Placement.split`) it is the distance between the two, which tells nothing of a module.
  public let executableOffset: UInt32
  /// Bytes of the longest cache line between a module's memory, internal or external, and instruction fetch: blocks
  /// consist of whole lines. 1: no cache.
  public let cacheLine: UInt32
  /// Executable external RAM, if there is any.
  public let externalMemory: ExternalMemory?

  /// Whether the chip has memory whose instruction-bus addresses lie `offset` behind its data-bus
  /// addresses.
  public func hasExecutableOffset(_ offset: UInt32) -> Bool {
    if offset == executableOffset { return true }
    guard let externalMemory else { return false }
    return offset == externalMemory.executableOffset
  }
}
