import SystemPackage

/// One rule in the syntax of Make, as compilers write it (`-MD`) and ninja reads it.
struct MakeRule: Equatable {
  var target: String
  var prerequisites: [FilePath]

  init(target: String, prerequisites: [FilePath]) {
    self.target = target
    self.prerequisites = prerequisites
  }

  /// Reads the first rule of `text`, nil if there is none. Escapes are those that GCC and clang write:
  /// `\ ` and `\#` for the character itself, `$$` for `$`, a backslash at the end of a line for a blank.
  init?(parsing text: [UInt8]) {
    var words: [String] = []
    var word: [UInt8] = []
    var rest = text[...]
    func isBlank(_ byte: UInt8) -> Bool {
      byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") || byte == UInt8(ascii: "\r")
    }
    func endWord() {
      if !word.isEmpty { words.append(String(decoding: word, as: UTF8.self)) }
      word = []
    }
    scan: while let byte = rest.popFirst() {
      switch byte {
      case UInt8(ascii: "\\"):
        switch rest.first {
        case UInt8(ascii: "\n"): endWord(); rest.removeFirst()
        case UInt8(ascii: "\r"): endWord(); rest = rest.dropFirst(2)
        case UInt8(ascii: " "), UInt8(ascii: "#"): word.append(rest.removeFirst())
        default: word.append(byte)
        }
      case UInt8(ascii: "$"):
        if rest.first == UInt8(ascii: "$") { rest.removeFirst() }
        word.append(byte)
      case UInt8(ascii: "\n"):
        endWord()
        if !words.isEmpty { break scan }
      case _ where isBlank(byte): endWord()
      default: word.append(byte)
      }
    }
    endWord()
    // swiftc writes a blank before the colon.
    if words.count >= 2, words[1] == ":" { words[0] += words.remove(at: 1) }
    guard let first = words.first, first.hasSuffix(":") else { return nil }
    target = String(first.dropLast())
    prerequisites = words.dropFirst().map { FilePath($0) }
  }

  /// The rule as text.
  var text: String {
    ([Self.escaped(target) + ":"] + prerequisites.map { Self.escaped($0.string) })
      .joined(separator: " \\\n  ") + "\n"
  }

  private static func escaped(_ name: String) -> String {
    var text = ""
    for character in name.unicodeScalars {
      switch character {
      case " ", "#": text += "\\\(character)"
      case "$": text += "$$"
      default: text.unicodeScalars.append(character)
      }
    }
    return text
  }
}
