/// Writes `exports.ver`: the linker's version script that keeps everything but the exports inside the module.
public enum VersionScriptGenerator {
  /// - Throws: `unusableName`.
  public static func text(exports: [String]) throws(BuildFailure) -> String {
    var text = "/* \(GeneratedText.notice) */\n{\n  global:\n"
    // Quotes: the names themselves, no patterns.
    for name in exports { text += "    \"\(try GeneratedText.quotable(name))\";\n" }
    return text + "  local:\n    *;\n};\n"
  }
}
