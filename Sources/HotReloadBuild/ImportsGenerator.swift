/// Writes `imports.ld`: an input of the firmware's link that names what the modules need, so that the
/// linker takes it out of archives and does not collect it as garbage. What one module offers the other is a
/// stub, and kept like any function.
///
/// A weak import is not named: it means "if the firmware has it".
public enum ImportsGenerator {
  /// - Throws: `unusableName`.
  public static func text(_ interfaces: [ModuleInterface]) throws(BuildFailure) -> String {
    let names = Set(interfaces.flatMap { $0.imports }.lazy.filter { !$0.isWeak }.map { $0.name })
    var text = "/* \(GeneratedText.notice) */\n"
    for name in names.sortedByBytes() { text += "EXTERN(\(try GeneratedText.symbol(name)))\n" }
    return text
  }
}
