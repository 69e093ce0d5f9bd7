import HotReloadLoader

/// Writes `stubs.S`: for every export of a module a function of the same name in the firmware, which jumps
/// to where the symbol table points.
///
/// A stub is a tail jump: no frame, no copy of an argument, nothing after the call. Whatever a signature asks
/// for passes through it untouched, and so does the result.
public enum StubsGenerator {
  /// - Throws: `unusableName`.
  public static func text(
    _ tables: [ExportTable], for instructionSet: InstructionSet
  ) throws(BuildFailure) -> String {
    switch instructionSet {
    case .riscv: try riscvText(tables)
    case .xtensa: try xtensaText(tables)
    }
  }

  /// A function of its own section, which the linker drops where nobody calls it.
  ///
  /// - Parameters:
  ///   - literals: what lies before it, and is aligned to 4 bytes.
  ///   - instructions: with their labels.
  static func function(
    _ name: String, section: String, literals: String = "", _ instructions: String
  ) throws(BuildFailure) -> String {
    let symbol = try GeneratedText.symbol(name)
    return """

      \t.section \(try GeneratedText.symbol(section)), "ax", @progbits
      \t.globl \(symbol)
      \t.type \(symbol), @function
      \t.balign 4
      \(literals)\(symbol):
      \(instructions)
      \t.size \(symbol), . - \(symbol)

      """
  }

  /// The section of the stub with this name.
  static func section(of name: String) -> String { ".text.hotreload." + name }
}
