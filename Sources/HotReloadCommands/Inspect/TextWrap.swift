/// Breaks text between words.
enum TextWrap {
  /// Lines of at most `width` characters where words allow it; those after the first begin with `indent` spaces.
  ///
  /// - Parameter width: nil for one line.
  static func lines(_ text: String, indent: Int, width: Int?) -> [String] {
    guard let width, text.count > width else { return [text] }
    var lines: [String] = []
    // Spaces at the beginning are no break.
    var line = String(text.prefix { $0 == " " })
    var isEmpty = true
    for word in text.dropFirst(line.count).split(separator: " ", omittingEmptySubsequences: false) {
      if !isEmpty, line.count + 1 + word.count > width {
        lines.append(line)
        line = String(repeating: " ", count: indent)
        isEmpty = true
      }
      line += isEmpty ? word : " " + word
      isEmpty = false
    }
    return lines + [line]
  }
}
