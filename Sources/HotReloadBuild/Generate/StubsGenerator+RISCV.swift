extension StubsGenerator {
  /// RISC-V psABI, "Integer Register Convention": t1 and t3 carry neither arguments nor results and belong
  /// to nobody across a call, so a stub preserves everything: four instructions at most.
  static func riscvText(_ tables: [ExportTable]) throws(BuildFailure) -> String {
    var text = "# \(GeneratedText.notice)\n"
    text += try function(
      "hotreload_empty_slot", section: ".text.hotreload_empty_slot",
      """
      # An empty slot was called: t1 is the slot's address. The caller's frame stays readable for debuggers.
      \taddi sp, sp, -16
      \tsw ra, 12(sp)
      \tmv a0, t1
      \tcall hotreload_symbol_of_slot
      \tcall hotreload_port_empty_slot
      """)
    for (index, table) in tables.enumerated() {
      for (slot, name) in table.names.enumerated() {
        text += try function(
          name, section: section(of: name),
          """
          \tlla t1, \(TableGenerator.slots(ofTable: index)) + \(slot * 4)
          \tlw t3, 0(t1)
          \tjr t3
          """)
      }
    }
    return text
  }
}
