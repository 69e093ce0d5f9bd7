/// The first byte of those instructions of Xtensa that a module's objects are searched for (Xtensa ISA, "Instruction
/// Formats and Opcodes", little-endian).
enum XtensaInstruction {
  /// ENTRY: `op0` SI (6), `n` BI1 (3), `m` 0.
  static let entry: UInt8 = 0x36

  /// `op0` L32R (1).
  static func isLiteralLoad(_ byte: UInt8) -> Bool { byte & 0xF == 1 }

  /// CALL12: `op0` CALLN (5), `n` 3.
  static func isCall12(_ byte: UInt8) -> Bool { byte & 0x3F == 0x35 }

  /// The refusal of CALL12 and CALLX12.
  static func call12(_ function: String?, _ path: String) -> BuildFailure {
    let what = function.map { "'\($0)' in \(path)" } ?? path
    return BuildFailure(
      .buildFailed, .unsupportedObject,
      "\(what) calls with CALL12 or CALLX12: a stub of the firmware needs a register that this call keeps in use (a9)",
      hint: "call with CALL8 or CALLX8, as compilers do")
  }
}
