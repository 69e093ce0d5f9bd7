import HotReloadELF

/// `e_flags` of RISC-V (psABI, "File Header").
private enum RISCVFlags {
  /// `EF_RISCV_RVC`: uses compressed instructions, which all chips of the table have.
  static let compressed: UInt32 = 0x1
  /// `EF_RISCV_FLOAT_ABI`: a mask, see `RISCVFloatABI`. The other flags (`RVE`, `TSO`) ask for what no
  /// chip of the table has.
  static let floatABIMask: UInt32 = 0x6

  static func floatABI(_ abi: RISCVFloatABI) -> UInt32 {
    switch abi {
    case .soft: 0  // EF_RISCV_FLOAT_ABI_SOFT
    case .single: 2  // EF_RISCV_FLOAT_ABI_SINGLE
    }
  }
}

/// `e_flags` of Xtensa (binutils, `include/elf/xtensa.h`). They do not tell the windowed ABI from the other.
private enum XtensaFlags {
  /// `EF_XTENSA_XT_INSN` and `EF_XTENSA_XT_LIT`: the assembler left tables of instructions and literals. What is left of
  /// the flags is `EF_XTENSA_MACH`, which knows one machine: 0.
  static let harmless: UInt32 = 0x300
}

extension Chip {
  /// Throws `wrongMachine` or `wrongABI` unless code of a file with this header runs on the chip.
  public func checkCompatibility(_ header: borrowing ELFHeader) throws(LoaderError) {
    if isXtensa {
      guard header.machine == .xtensa else { throw .wrongMachine(header.machine.rawValue) }
      guard header.flags & ~XtensaFlags.harmless == 0 else { throw .wrongABI(flags: header.flags) }
    } else {
      guard case .riscv(let floatABI) = instructionSet, header.machine == .riscv else {
        throw .wrongMachine(header.machine.rawValue)
      }
      guard header.flags & ~(RISCVFlags.compressed | RISCVFlags.floatABIMask) == 0,
        header.flags & RISCVFlags.floatABIMask == RISCVFlags.floatABI(floatABI)
      else { throw .wrongABI(flags: header.flags) }
    }
  }
}
