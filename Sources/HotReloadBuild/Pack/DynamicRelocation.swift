import HotReloadELF

/// What a relocation of a linked module asks for, whatever its number is. With S the symbol's value, A the addend and B
/// the bias:
enum DynamicRelocation: Equatable {
  /// Nothing.
  case none
  /// S + A.
  case word
  /// B + A.
  case relative
  /// S.
  case jumpSlot
  /// The address of a thread-local variable.
  case threadLocal
  /// What the function at B + A returns.
  case indirect
  /// Anything else.
  case unsupported

  /// What relocation `type` of a file for `machine` asks for.
  init(_ type: UInt8, of machine: Machine) {
    self = machine == .xtensa ? .init(xtensa: type) : .init(riscv: type)
  }

  /// RISC-V ELF psABI, "Relocations".
  private init(riscv type: UInt8) {
    self =
      switch type {
      case 0: .none  // R_RISCV_NONE
      case 1: .word  // R_RISCV_32
      case 3: .relative  // R_RISCV_RELATIVE
      case 5: .jumpSlot  // R_RISCV_JUMP_SLOT
      case 6...11: .threadLocal  // R_RISCV_TLS_DTPMOD32 … R_RISCV_TLS_TPREL64
      case 58: .indirect  // R_RISCV_IRELATIVE
      default: .unsupported
      }
  }

  /// binutils' `include/elf/xtensa.h`.
  private init(xtensa type: UInt8) {
    self =
      switch type {
      case 0: .none  // R_XTENSA_NONE
      case 1: .word  // R_XTENSA_32
      case 2: .none  // R_XTENSA_RTLD: entries of a lazily bound table, which nothing here has
      case 3: .word  // R_XTENSA_GLOB_DAT
      case 4: .jumpSlot  // R_XTENSA_JMP_SLOT
      case 5: .relative  // R_XTENSA_RELATIVE
      case 6: .word  // R_XTENSA_PLT
      case 50...56: .threadLocal  // R_XTENSA_TLSDESC_FN … R_XTENSA_TLS_CALL
      default: .unsupported
      }
  }
}
