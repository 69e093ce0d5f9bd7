/// Writes `imports.ld`: an input of the firmware's link that names what the modules need, so that the
/// linker takes it out of archives and does not collect it as garbage. What one module offers the other is a
/// stub, and kept like any function.
///
/// A weak import is not named: it means "if the firmware has it".
public enum ImportsGenerator {
  /// - Throws: `unusableName`.
  public static func text(_ interfaces: [ModuleInterface]) throws(BuildFailure) -> String {
    try text(names: names(interfaces))
  }

  /// What the modules cannot do without.
  static func names(_ interfaces: [ModuleInterface]) -> Set<String> {
    Set(interfaces.flatMap { $0.imports }.lazy.filter { !$0.isWeak }.map { $0.name })
  }

  static func text(names: Set<String>) throws(BuildFailure) -> String {
    var text = "/* \(GeneratedText.notice) */\n"
    for name in names.sortedByBytes() { text += "EXTERN(\(try GeneratedText.symbol(name)))\n" }
    return text
  }

  /// The names in a text of this generator; lines that it does not write are passed over.
  static func names(in text: String) -> Set<String> {
    var names: Set<String> = []
    for line in text.split(separator: "\n") where line.hasPrefix("EXTERN(") && line.hasSuffix(")") {
      var name = line.dropFirst("EXTERN(".count).dropLast()
      if name.count >= 2, name.hasPrefix("\""), name.hasSuffix("\"") {
        name = name.dropFirst().dropLast()
      }
      names.insert(String(name))
    }
    return names
  }
}
