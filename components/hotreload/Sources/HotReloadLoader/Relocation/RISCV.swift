// Dynamic relocations of RISC-V.
//
// Source: RISC-V ELF psABI specification, chapter "Relocations". A is the addend in the table entry
// (RISC-V has only RELA, the word's own content does not count), B the difference between where the image
// is and where it was linked (here the data address of its block, because images are linked at 0), and S
// the address of the symbol after loading, which for a symbol of the module is its st_value plus B.
//
// A linker that makes a shared object resolves all that is relative to the program counter: auipc pairs,
// branches, calls. Code reaches data at a distance that does not change when the image moves as a whole,
// and images for chips with two buses are linked so that the distance is already what it is on the
// chip. What is left are whole words that hold addresses:
//
//   R_RISCV_RELATIVE   B + A   pointers to the module's own data and functions
//   R_RISCV_32         S + A   pointers to symbols that another object could define (-Bsymbolic off)
//   R_RISCV_JUMP_SLOT  S       the same in the PLT's part of the GOT; bound at once, never lazily
//
// The others of the chapter's dynamic relocations do not load here: COPY belongs in executables,
// IRELATIVE runs a resolver before the module is complete, TLS_* and TLSDESC need a thread pointer, 64 is
// for RV64. Relocations for code (HI20, PCREL_LO12_I, CALL_PLT, RELAX, …) are the link editor's; in the
// dynamic table of a shared object they mean that its sources were compiled without -fPIC.

/// Dynamic relocations of RISC-V, see the head of this file.
enum RISCVRelocation {
  /// What relocation `type` asks for (psABI, table "Relocation types").
  static func kind(_ type: UInt8) -> RelocationKind {
    switch type {
    case 0: .none  // R_RISCV_NONE
    case 1: .symbolic  // R_RISCV_32
    case 3: .relative  // R_RISCV_RELATIVE
    case 5: .jumpSlot  // R_RISCV_JUMP_SLOT
    default: .unsupported
    }
  }

  /// R_RISCV_RELATIVE: `B + A`.
  static func relative(_ addend: Int32) -> FixupValue {
    FixupValue(.biased(UInt32(bitPattern: addend)))
  }

  /// R_RISCV_32: `S + A`.
  static func symbolic(_ symbol: SymbolValue, _ addend: Int32) -> FixupValue {
    switch symbol {
    case .address(let value): FixupValue(.biased(value &+ UInt32(bitPattern: addend)))
    case .absolute(let value): FixupValue(.absolute(value &+ UInt32(bitPattern: addend)))
    }
  }

  /// R_RISCV_JUMP_SLOT: `S`.
  static func jumpSlot(_ symbol: SymbolValue) -> FixupValue {
    symbolic(symbol, 0)
  }
}
