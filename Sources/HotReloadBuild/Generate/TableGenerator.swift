/// Writes `table.c`: the symbol table of every module, as `hotreload_port.h` declares it.
public enum TableGenerator {
  /// The array of slots of table `index`; the stubs jump through it.
  static func slots(ofTable index: Int) -> String { "hotreload_slots_\(index)" }

  /// Every table has at least one name.
  ///
  /// - Throws: `unusableName`.
  public static func text(_ tables: [ExportTable]) throws(BuildFailure) -> String {
    var text = """
      // \(GeneratedText.notice)
      #include "hotreload_port.h"

      """
    for (index, table) in tables.enumerated() {
      let label = GeneratedText.literal(table.label)
      text += "\nstatic const char *const names_\(index)[] = {\n"
      for name in table.names {
        text += "    \(GeneratedText.literal(try GeneratedText.quotable(name))),\n"
      }
      text += """
        };
        void *volatile \(slots(ofTable: index))[\(table.names.count)] = {

        """
      for _ in table.names { text += "    (void *)hotreload_empty_slot,\n" }
      text += """
        };
        static const hotreload_port_table_t table_\(index) = {
            .partition_label = \(label),
            .count = \(table.names.count),
            .names_hash = 0x\(Hexadecimal.text(table.namesHash))u,
            .names = names_\(index),
            .slots = \(slots(ofTable: index)),
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
}
