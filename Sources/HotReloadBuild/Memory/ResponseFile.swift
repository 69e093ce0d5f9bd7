/// Arguments as programs read them from `@file` (GCC manual, "Overall Options"; LLVM's TokenizeGNUCommandLine).
enum ResponseFile {
  /// One argument a line, each in quotes in which a backslash makes any character an ordinary one.
  static func text(_ arguments: [String]) -> String {
    arguments.map { argument in
      let escaped = argument.replacing(#"\"#, with: #"\\"#).replacing("\"", with: #"\""#)
      return "\"\(escaped)\"\n"
    }.joined()
  }
}
