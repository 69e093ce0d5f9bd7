/// Takes LLVM's intermediate code apart as far as names of functions and variables go (LLVM Language Reference,
/// "Identifiers"): what is in strings and comments is none.
struct IRScanner {
  enum Token {
    /// `@name` or `@"name"`: the name as the code spells it, without quotes, and all of it.
    case global(name: TextSlice, bytes: TextSlice)
    /// A string with its quotes.
    case string(TextSlice)
    /// Anything else.
    case other(TextSlice)
  }

  /// What is yet to be read.
  private(set) var rest: TextSlice

  init(_ line: TextSlice) { rest = line }

  private static let name = ByteSet.alphanumeric.union("-$._")
  private static let ordinary = ByteSet("@\";").inverted

  mutating func next() -> Token? {
    guard let first = rest.first else { return nil }
    switch first {
    case UInt8(ascii: "@"):
      if rest.dropFirst().first == UInt8(ascii: "\"") {
        let bytes = take(endOfString(rest.dropFirst()))
        return .global(name: bytes.dropFirst(2).dropLast(), bytes: bytes)
      }
      let bytes = take(rest.dropFirst().end(of: Self.name))
      return .global(name: bytes.dropFirst(), bytes: bytes)
    case UInt8(ascii: "\""): return .string(take(endOfString(rest)))
    case UInt8(ascii: ";"): return .other(take(rest.endIndex))
    default: return .other(take(rest.end(of: Self.ordinary)))
    }
  }

  private mutating func take(_ end: Int) -> TextSlice {
    defer { rest = rest[end...] }
    return rest[..<end]
  }

  /// Behind the string that `text` begins with. A quote in it is written `\22`.
  private func endOfString(_ text: TextSlice) -> Int {
    text.dropFirst().position(of: UInt8(ascii: "\"")).map { $0 + 1 } ?? text.endIndex
  }

  /// The first name in the line: what it defines or declares.
  static func firstName(in line: TextSlice) -> TextSlice? {
    var scanner = IRScanner(line)
    while let token = scanner.next() {
      if case .global(let name, _) = token { return name }
    }
    return nil
  }
}
