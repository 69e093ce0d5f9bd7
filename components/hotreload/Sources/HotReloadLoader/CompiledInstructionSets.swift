import HotReloadELF
import HotReloadPort

// The runtime of a chip is compiled for one instruction set, -D HOTRELOAD_RISCV or -D HOTRELOAD_XTENSA, and has nothing of
// the other; on a computer it has both. This file alone knows these conditions: what it says is a constant
// on a chip, and the compiler drops the branches that cannot be taken.

extension ELFFile {
  /// Whether a file that suits the chip is Xtensa's; otherwise it is RISC-V's.
  @inline(__always) var isXtensa: Bool {
    #if HOTRELOAD_RISCV
      false
    #elseif HOTRELOAD_XTENSA
      true
    #else
      header.machine == .xtensa
    #endif
  }
}

extension Chip {
  #if HOTRELOAD_RISCV
    /// The chips that this build loads modules for.
    @inline(__always) static var supported: InlineArray<8, Chip> {
      [esp32c2, esp32c3, esp32c5, esp32c6, esp32c61, esp32h2, esp32p4, qemuRISCV32]
    }
  #elseif HOTRELOAD_XTENSA
    @inline(__always) static var supported: InlineArray<4, Chip> {
      [esp32, esp32s2, esp32s3, qemuXtensa]
    }
  #else
    @inline(__always) static var supported: InlineArray<12, Chip> {
      [
        esp32c2, esp32c3, esp32c5, esp32c6, esp32c61, esp32h2, esp32p4, qemuRISCV32,
        esp32, esp32s2, esp32s3, qemuXtensa,
      ]
    }
  #endif
}

/// The memory of one module.
public struct ModuleBlocks: Equatable, Sendable {
  /// All of it; where `code` has bytes, all but the code. No bytes: there is no module, or no data.
  public var data: MemoryBlock
  #if HOTRELOAD_RISCV
    /// No bytes: no RISC-V chip has code apart.
    public var code: MemoryBlock { .empty }
  #else
    /// The code of a module whose code is apart (`Placement.split`), no bytes otherwise.
    public var code: MemoryBlock
  #endif

  /// One block, and for `Placement.split` another.
  public init(_ data: MemoryBlock, code: MemoryBlock = .empty) {
    self.data = data
    #if !HOTRELOAD_RISCV
      self.code = code
    #endif
  }

  /// What the instruction bus reads.
  public var executed: MemoryBlock { code.size > 0 ? code : data }

  /// Bytes of both.
  public var size: UInt32 { data.size &+ code.size }
}
