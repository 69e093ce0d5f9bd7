// Stubs of Xtensa's windowed ABI (Xtensa ISA Reference Manual, "Windowed Register Option" and "The Windowed Register
// and CALL0 ABIs").
//
// CALL8 leaves its return address in the caller's a8 and the arguments in a10 to a15 and at the caller's stack pointer.
// The window moves later: the callee's ENTRY makes a8 its a0, a10 its a2, and writes its stack pointer into the caller's
// a9. Between CALL8 and ENTRY a9 is therefore the one register that nobody reads any more: it is the stub's. A stub
// comes before the callee's ENTRY and has none of its own. So it leaves all else as it is, PS.CALLINC included, which
// tells ENTRY how far to move. The window has room for a9: CALL8 itself, which writes a8, made the overflow handler spill
// what was there. The callee returns to the stub's caller, as if that had called it.
//
// Other calls than CALL8:
// - CALL4 makes a9 the callee's fourth argument, which a stub destroys. Compilers do not write CALL4; dispatchers of
//   interrupts do (ESP-IDF's), with handlers of one argument. A handler may be a module's function, then, if
//   it has at most three arguments. That a9 to a11 may hold an older frame does not matter: L32R raises the same
//   overflow exception as ENTRY would, and is executed again.
// - CALL12 keeps the caller's own values in a8 to a11. A stub would destroy one. Neither GCC nor LLVM writes CALL12; objects
//   that have it cannot call stubs.
// - CALL0 does not call functions of the windowed ABI.
//
// L32R reads backwards only, 4 to 262,144 bytes away: each stub has its slot's address before it in its own section, so
// that the number of exports has no limit.
//
// A stub that has loaded an empty slot's content no longer knows the slot's address. So the content of each is another
// one: two bytes of a slide of NOP.N, one entry a slot. Where the slide was entered says which slot it was.
extension StubsGenerator {
  static func xtensaText(_ tables: [ExportTable]) throws(BuildFailure) -> String {
    var text = "# \(GeneratedText.notice)\n"
    text += try xtensaEmptySlot()
    for (index, table) in tables.enumerated() {
      text += try xtensaEmptySlots(of: table, index: index)
      for (slot, name) in table.names.enumerated() {
        text += try function(
          name, section: section(of: name),
          literals: """
            .Lslot_\(index)_\(slot):
            \t.long \(TableGenerator.slots(ofTable: index)) + \(slot * 4)

            """,
          """
          \tl32r a9, .Lslot_\(index)_\(slot)
          \tl32i a9, a9, 0
          \tjx a9
          """)
      }
    }
    return text
  }

  /// Where the slides end. It has a frame, so that the caller's stays readable for debuggers.
  private static func xtensaEmptySlot() throws(BuildFailure) -> String {
    try function(
      "hotreload_empty_slot", section: ".text.hotreload_empty_slot",
      literals: """
        .Lsymbol_of_slot:
        \t.long hotreload_symbol_of_slot
        .Lport_empty_slot:
        \t.long hotreload_port_empty_slot

        """,
      """
      # An empty slot was called: the caller's a10 is the slot's address. That is a2 after CALL8 and a6 after CALL4, which
      # the two upper bits of the return address tell apart (10 and 01).
      \tentry a1, 32
      \tmovgez a2, a6, a0
      \tmov a10, a2
      \tl32r a8, .Lsymbol_of_slot
      \tcallx8 a8
      \tl32r a8, .Lport_empty_slot
      \tcallx8 a8
      """)
  }

  /// What the slots of a table hold while nothing is loaded. As data, because no assembler or linker may make the
  /// instructions longer.
  private static func xtensaEmptySlots(
    of table: ExportTable, index: Int
  ) throws(BuildFailure) -> String {
    let slide = TableGenerator.emptySlots(ofTable: index)
    return try function(
      slide, section: ".text.\(slide)",
      """
      \t.fill \(table.names.count), \(TableGenerator.xtensaEmptySlotSize), 0xf03d
      \tj .Lend_\(index)
      \t.balign 4
      .Lslide_\(index):
      \t.long \(slide)
      .Lslots_\(index):
      \t.long \(TableGenerator.slots(ofTable: index))
      .Lempty_\(index):
      \t.long hotreload_empty_slot
      # a9 is where the slide was entered. Arguments are not needed any more: a10 becomes the slot's address.
      .Lend_\(index):
      \tl32r a10, .Lslide_\(index)
      \tsub a9, a9, a10
      \tl32r a10, .Lslots_\(index)
      \taddx2 a10, a9, a10
      \tl32r a9, .Lempty_\(index)
      \tjx a9
      """)
  }
}
