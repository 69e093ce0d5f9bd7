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

extension Chip {
  /// Throws `wrongMachine` or `wrongABI` unless code of a file with this header runs on the chip.
  public func checkCompatibility(_ header: ELFHeader) throws(LoaderError) {
    switch instructionSet {
    case .riscv(let floatABI):
      guard header.machine == .riscv else { throw .wrongMachine(header.machine.rawValue) }
      guard header.flags & ~(RISCVFlags.compressed | RISCVFlags.floatABIMask) == 0,
        header.flags & RISCVFlags.floatABIMask == RISCVFlags.floatABI(floatABI)
      else { throw .wrongABI(flags: header.flags) }
    }
  }
}
