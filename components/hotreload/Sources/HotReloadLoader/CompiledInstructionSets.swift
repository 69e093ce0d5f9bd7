// The runtime of a chip is compiled for one instruction set, -D HOTRELOAD_RISCV or -D HOTRELOAD_XTENSA, and has nothing of
// the other; on a computer it has both. This file alone knows these conditions: what it says is a constant
// on a chip, and the compiler drops the branches that cannot be taken.

extension Chip {
  #if HOTRELOAD_RISCV
    /// Whether modules for the chip are Xtensa's.
    @inline(__always) var isXtensa: Bool { false }
    /// The chips that this build loads modules for.
    @inline(__always) static var supported: InlineArray<8, Chip> {
      [esp32c2, esp32c3, esp32c5, esp32c6, esp32c61, esp32h2, esp32p4, qemuRISCV32]
    }
  #elseif HOTRELOAD_XTENSA
    @inline(__always) var isXtensa: Bool { true }
    @inline(__always) static var supported: InlineArray<4, Chip> {
      [esp32, esp32s2, esp32s3, qemuXtensa]
    }
  #else
    @inline(__always) var isXtensa: Bool { instructionSet == .xtensa }
    @inline(__always) static var supported: InlineArray<12, Chip> {
      [
        esp32c2, esp32c3, esp32c5, esp32c6, esp32c61, esp32h2, esp32p4, qemuRISCV32,
        esp32, esp32s2, esp32s3, qemuXtensa,
      ]
    }
  #endif
}
