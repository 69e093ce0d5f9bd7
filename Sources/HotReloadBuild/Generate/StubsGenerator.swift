/// Writes `stubs.S`: for every export of a module a function of the same name in the firmware, which jumps
/// to where the symbol table points.
///
/// RISC-V psABI, "Integer Register Convention": t1 and t3 carry neither arguments nor results and belong
/// to nobody across a call, so a stub is a tail jump that preserves everything: four instructions at most.
public enum StubsGenerator {
  /// - Throws: `unusableName`.
  public static func text(_ tables: [ExportTable]) throws(BuildFailure) -> String {
    var text = """
      # \(GeneratedText.notice)

      \t.section .text.hotreload_empty_slot, "ax", @progbits
      \t.globl hotreload_empty_slot
      \t.type hotreload_empty_slot, @function
      \t.balign 4
      # An empty slot was called: t1 is the slot's address. The caller's frame stays readable for debuggers.
      hotreload_empty_slot:
      \taddi sp, sp, -16
      \tsw ra, 12(sp)
      \tmv a0, t1
      \tcall hotreload_symbol_of_slot
      \tcall hotreload_port_empty_slot
      \t.size hotreload_empty_slot, . - hotreload_empty_slot

      """
    for (index, table) in tables.enumerated() {
      for (slot, name) in table.names.enumerated() {
        let symbol = try GeneratedText.symbol(name)
        let section = try GeneratedText.symbol(".text.hotreload." + name)
        text += """

          \t.section \(section), "ax", @progbits
          \t.globl \(symbol)
          \t.type \(symbol), @function
          \t.balign 4
          \(symbol):
          \tlla t1, \(TableGenerator.slots(ofTable: index)) + \(slot * 4)
          \tlw t3, 0(t1)
          \tjr t3
          \t.size \(symbol), . - \(symbol)

          """
      }
    }
    return text
  }
}
