/// Splits a command line as a POSIX shell does, without expansions: what CMake writes into the `command`
/// of `compile_commands.json`. And the way back, for command lines that messages show.
struct ShellWords {
  /// Why a line is no command.
  enum Problem: Error, Equatable {
    /// A quote is opened and not closed.
    case unterminatedQuote
    /// The line ends with a lone backslash.
    case trailingBackslash
  }

  private var words: [String] = []
  private var word: [UInt8] = []
  private var isInWord = false

  /// The words of `line` (POSIX.1-2017, Shell Command Language, 2.2 "Quoting").
  static func split(_ line: String) throws(Problem) -> [String] {
    var splitter = ShellWords()
    var bytes = Array(line.utf8)[...]
    while let byte = bytes.popFirst() {
      switch byte {
      case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\n"): splitter.endWord()
      case UInt8(ascii: "'"): try splitter.takeSingleQuoted(&bytes)
      case UInt8(ascii: "\""): try splitter.takeDoubleQuoted(&bytes)
      case UInt8(ascii: "\\"):
        guard let next = bytes.popFirst() else { throw .trailingBackslash }
        if next != UInt8(ascii: "\n") { splitter.append(next) }
      default: splitter.append(byte)
      }
    }
    splitter.endWord()
    return splitter.words
  }

  /// A line that a shell splits into `words`.
  static func line(_ words: [String]) -> String {
    words.map { isPlain($0) ? $0 : "'\($0.replacing("'", with: #"'\''"#))'" }.joined(separator: " ")
  }

  /// Whether a shell leaves the word as it is, without quotes.
  private static func isPlain(_ word: String) -> Bool {
    !word.isEmpty
      && word.utf8.allSatisfy { byte in
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
          UInt8(ascii: "+")...UInt8(ascii: ":"), UInt8(ascii: "="), UInt8(ascii: "@"),
          UInt8(ascii: "_"), UInt8(ascii: "%"), 0x80...:
          true
        default: false
        }
      }
  }

  private mutating func append(_ byte: UInt8) {
    word.append(byte)
    isInWord = true
  }

  private mutating func endWord() {
    guard isInWord else { return }
    words.append(String(decoding: word, as: UTF8.self))
    word = []
    isInWord = false
  }

  private mutating func takeSingleQuoted(_ bytes: inout ArraySlice<UInt8>) throws(Problem) {
    isInWord = true
    while let byte = bytes.popFirst() {
      if byte == UInt8(ascii: "'") { return }
      word.append(byte)
    }
    throw .unterminatedQuote
  }

  private mutating func takeDoubleQuoted(_ bytes: inout ArraySlice<UInt8>) throws(Problem) {
    isInWord = true
    while let byte = bytes.popFirst() {
      switch byte {
      case UInt8(ascii: "\""): return
      case UInt8(ascii: "\\"):
        guard let next = bytes.popFirst() else { throw .unterminatedQuote }
        switch next {
        case UInt8(ascii: "\n"): break
        case UInt8(ascii: "$"), UInt8(ascii: "`"), UInt8(ascii: "\""), UInt8(ascii: "\\"):
          word.append(next)
        default: word += [byte, next]
        }
      default: word.append(byte)
      }
    }
    throw .unterminatedQuote
  }
}
