/// Numbers of ELF files for Xtensa in words (binutils' `include/elf/xtensa.h`).
enum XtensaText {
  /// `e_flags`.
  static func flags(_ flags: UInt32) -> [String] {
    var words: [String] = []
    if flags & 0x100 != 0 { words.append("XT_INSN") }
    if flags & 0x200 != 0 { words.append("XT_LIT") }
    return words
  }

  /// Relocation types, without `R_XTENSA_`.
  private static let types: [UInt8: String] = [
    0: "NONE", 1: "32", 2: "RTLD", 3: "GLOB_DAT", 4: "JMP_SLOT", 5: "RELATIVE", 6: "PLT",
    8: "OP0", 9: "OP1", 10: "OP2", 11: "ASM_EXPAND", 12: "ASM_SIMPLIFY", 14: "32_PCREL",
    15: "GNU_VTINHERIT", 16: "GNU_VTENTRY", 17: "DIFF8", 18: "DIFF16", 19: "DIFF32",
    50: "TLSDESC_FN", 51: "TLSDESC_ARG", 52: "TLS_DTPOFF", 53: "TLS_TPOFF", 54: "TLS_FUNC",
    55: "TLS_ARG", 56: "TLS_CALL", 57: "PDIFF8", 58: "PDIFF16", 59: "PDIFF32", 60: "NDIFF8",
    61: "NDIFF16", 62: "NDIFF32",
  ]

  /// The name of a relocation type. There are fifteen of operands (`SLOT0_OP` …), and of their other halves.
  static func relocation(_ type: UInt8) -> String {
    switch type {
    case 20...34: "R_XTENSA_SLOT\(type - 20)_OP"
    case 35...49: "R_XTENSA_SLOT\(type - 35)_ALT"
    default: types[type].map { "R_XTENSA_" + $0 } ?? "\(type)"
    }
  }
}
