/// The instructions of Xtensa that a module's objects are searched for (Xtensa ISA, "Instruction Formats and Opcodes",
/// little-endian).
enum XtensaInstruction {
  /// ENTRY: `op0` SI (6), `n` BI1 (3), `m` 0.
  static let entry: UInt8 = 0x36

  /// `op0` L32R (1).
  static func isLiteralLoad(_ byte: UInt8) -> Bool { byte & 0xF == 1 }

  /// CALL12: `op0` CALLN (5), `n` 3.
  static func isCall12(_ byte: UInt8) -> Bool { byte & 0x3F == 0x35 }

  /// Whether the instruction at the beginning of `bytes` is CALLX12: `op0` QRST (0), `n` and `m` 3, all else but `s` 0.
  static func isCallX12(_ bytes: ArraySlice<UInt8>) -> Bool {
    let bytes = Array(bytes.prefix(3))
    return bytes.count == 3 && bytes[0] == 0xF0 && bytes[1] & 0xF0 == 0 && bytes[2] == 0
  }

  /// Bytes of the instruction that begins with this one: two with code density, else three; nil for those of the cores'
  /// own extensions.
  static func size(_ byte: UInt8) -> Int? {
    switch byte & 0xF {
    case 0...7: 3
    case 8...13: 2
    default: nil
    }
  }

  /// The refusal of CALL12 and CALLX12.
  static func call12(_ function: String?, _ path: String) -> BuildFailure {
    let what = function.map { "'\($0)' in \(path)" } ?? path
    return BuildFailure(
      .buildFailed, .unsupportedObject,
      "\(what) calls with CALL12 or CALLX12: a stub of the firmware needs a register that this call keeps in use (a9)",
      hint: "call with CALL8 or CALLX8, as compilers do")
  }
}
