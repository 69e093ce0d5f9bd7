/// Code of an object file that takes a symbol of another file to be near by: right for other files of the module, wrong
/// for the firmware.
struct NearReference: Hashable, Sendable {
  /// How the code reaches the symbol.
  enum Way: Hashable, Sendable {
    /// At a fixed distance from the instruction (`R_RISCV_PCREL_HI20`).
    case distance
    /// By one of Xtensa's CALL0, CALL4 and CALL8, or a jump (`R_XTENSA_SLOT0_OP`): within 512 KiB (Xtensa ISA, "CALL8"),
    /// or less.
    case call
    /// By Xtensa's L32R, which loads a word that precedes it by at most 256 KiB (Xtensa ISA, "L32R").
    case literal
  }

  /// Name of the symbol.
  let symbol: String
  /// How it is reached.
  let way: Way
  /// The function that does it, if that is known.
  var function: String?

  /// The refusal of the object at `path`, if the symbol turns out not to be near by.
  func failure(_ path: String) -> BuildFailure {
    let what = function.map { "'\($0)' in \(path)" } ?? path
    switch way {
    case .distance: return ObjectFile.notPositionIndependent(path, symbol)
    case .call:
      return BuildFailure(
        .buildFailed, .callOutOfReach,
        "\(what) calls '\(symbol)' directly, which is farther away than such a call reaches",
        hint: "compile the module with -mlongcalls")
    case .literal:
      return BuildFailure(
        .buildFailed, .callOutOfReach,
        "\(what) loads the literal '\(symbol)', which does not lie in front of it, within 256 KiB",
        hint: "compile the module with -mtext-section-literals")
    }
  }
}
