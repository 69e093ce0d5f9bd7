import HotReloadLoader

/// Writes `table.c`: the symbol table of every module, as `hotreload_port.h` declares it.
public enum TableGenerator {
  /// The array of slots of table `index`; the stubs jump through it.
  static func slots(ofTable index: Int) -> String { "hotreload_slots_\(index)" }

  /// What the slots of table `index` hold on Xtensa while nothing is loaded; comes with the stubs.
  static func emptySlots(ofTable index: Int) -> String { "hotreload_empty_slots_\(index)" }

  /// Bytes of it for each slot: one NOP.N (Xtensa ISA, Code Density Option).
  static let xtensaEmptySlotSize = 2

  /// Every table has at least one name.
  ///
  /// - Throws: `unusableName`.
  public static func text(
    _ tables: [ExportTable], for instructionSet: InstructionSet
  ) throws(BuildFailure) -> String {
    var text = """
      // \(GeneratedText.notice)
      #include "hotreload_port.h"

      """
    for (index, table) in tables.enumerated() {
      let empty = EmptySlots(ofTable: index, instructionSet)
      let label = GeneratedText.literal(table.label)
      text += "\nstatic const char *const names_\(index)[] = {\n"
      for name in table.names {
        text += "    \(GeneratedText.literal(try GeneratedText.quotable(name))),\n"
      }
      text += """
        };
        \(empty.declaration)void *volatile \(slots(ofTable: index))[\(table.names.count)] = {

        """
      for slot in table.names.indices { text += "    (void *)\(empty.content(slot)),\n" }
      text += """
        };
        static const hotreload_port_table_t table_\(index) = {
            .partition_label = \(label),
            .count = \(table.names.count),
            .names_hash = 0x\(Hexadecimal.text(table.namesHash))u,
            .names = names_\(index),
            .slots = \(slots(ofTable: index)),
            .empty_slot = (const void *)\(empty.content(0)),
            .empty_slot_size = \(empty.size),
        };

        """
    }
    text += "\nconst hotreload_port_table_t *const hotreload_port_tables[] = {\n"
    for index in tables.indices { text += "    &table_\(index),\n" }
    text += """
      };
      const uint32_t hotreload_port_table_count = \(tables.count);

      """
    return text
  }

  /// What the slots of a table hold while nothing is loaded, in C.
  private struct EmptySlots {
    var declaration = ""
    /// Bytes from the content of one slot to that of the next.
    var size = 0
    /// Of a slot.
    var content: (Int) -> String = { _ in "hotreload_empty_slot" }

    init(ofTable index: Int, _ instructionSet: InstructionSet) {
      guard instructionSet == .xtensa else { return }
      let slide = emptySlots(ofTable: index)
      declaration = "extern const uint16_t \(slide)[];\n"
      size = xtensaEmptySlotSize
      content = { slot in "&\(slide)[\(slot)]" }
    }
  }
}
