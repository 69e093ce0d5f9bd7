/// Whether a function that Swift and C call each other by passes its arguments the same way in Swift's code, which was
/// lowered for RISC-V, and in GCC's for Xtensa.
///
/// Integers, floating point and pointers do. Structures of up to 4 bytes are an integer, those of 8 bytes two words,
/// `[2 x i32]`, on both, unless they begin in the last register for arguments: LLVM passes the second word on the
/// stack then, GCC both (GCC's `xtensa_function_arg_1`). Larger ones go another way.
enum CBoundary {
  /// Arguments in registers: a2 to a7.
  private static let registers = 6

  /// - Parameters:
  ///   - line: a definition or declaration.
  ///   - name: what it defines or declares, in the line.
  static func isTheSame(_ line: TextSlice, _ name: TextSlice) -> Bool {
    let result = line[..<name.startIndex]
    if result.position(of: UInt8(ascii: "{")) != nil { return false }
    if result.position(of: UInt8(ascii: "[")) != nil, result.position(of: "[2 x i32]") == nil {
      return false
    }
    var words = 0
    for parameter in parameters(line[name.endIndex...]) {
      guard parameter.position(of: " sret(") == nil, parameter.position(of: " byval(") == nil
      else { return false }
      if parameter.begins(with: "i64") || parameter.begins(with: "double") {
        words += words % 2 + 2
      } else if parameter.begins(with: "[2 x i32]") {
        if words == registers - 1 { return false }
        words += 2
      } else if isWord(parameter) {
        words += 1
      } else {
        return false
      }
    }
    return true
  }

  private static func isWord(_ parameter: TextSlice) -> Bool {
    ["ptr", "i32", "i16", "i8", "i1", "float", "..."].contains { parameter.begins(with: $0) }
  }

  /// What stands between the parentheses that `text` has first, apart.
  private static func parameters(_ text: TextSlice) -> [TextSlice] {
    guard let open = text.position(of: UInt8(ascii: "(")) else { return [] }
    var parameters: [TextSlice] = []
    var depth = 0
    var start = open + 1
    for index in start..<text.endIndex {
      switch text[index] {
      case UInt8(ascii: "("): depth += 1
      case UInt8(ascii: ")") where depth > 0: depth -= 1
      case UInt8(ascii: ")"):
        parameters.append(text[start..<index])
        return parameters.map { $0.drop { $0 == UInt8(ascii: " ") } }.filter { !$0.isEmpty }
      case UInt8(ascii: ",") where depth == 0:
        parameters.append(text[start..<index])
        start = index + 1
      default: break
      }
    }
    return []
  }
}
