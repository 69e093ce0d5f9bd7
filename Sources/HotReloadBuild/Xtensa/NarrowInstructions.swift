/// Writes instructions in their short form, of 2 bytes in place of 3, where it says the same: the Code Density Option,
/// which every core of ESP's has. LLVM 22 hardly uses it; GNU's assembler does the same to what GCC writes.
///
/// Code only gets shorter: what a branch reached before, it reaches.
enum NarrowInstructions {
  static func chosen(_ assembly: [UInt8]) -> [UInt8] {
    var text: [UInt8] = []
    text.reserveCapacity(assembly.count)
    for bytes in TextLines(assembly) {
      if let short = short(AssemblyLine(bytes)) { text += short.utf8 } else { text += bytes }
      text.append(UInt8(ascii: "\n"))
    }
    return text
  }

  /// The short form of an instruction, nil if it has none (Xtensa ISA, "Code Density Option").
  static func short(_ line: AssemblyLine) -> String? {
    // Directives and labels are most of the rest.
    guard let first = line.operation.first, first != UInt8(ascii: ".") else { return nil }
    let operands = line.operands
    let number = operands.last.flatMap { Int($0.text) }
    switch (line.operation.text, operands.count) {
    case ("or", 3) where operands[1] == operands[2]: return write("mov.n", operands[0...1])
    case ("add", 3): return write("add.n", operands[...])
    case ("addi", 3):
      guard let number else { return nil }
      if number == 0 { return write("mov.n", operands[0...1]) }
      return number == -1 || (1...15).contains(number) ? write("addi.n", operands[...]) : nil
    case ("l32i", 3), ("s32i", 3):
      guard let number, (0...60).contains(number), number % 4 == 0 else { return nil }
      return write("\(line.operation.text).n", operands[...])
    case ("ill", _): return "\till.n"
    case ("movi", 2):
      guard let number, (-32...95).contains(number) else { return nil }
      return write("movi.n", operands[...])
    default: return nil
    }
  }

  private static func write(_ operation: String, _ operands: ArraySlice<TextSlice>) -> String {
    "\t\(operation)\t" + operands.map(\.text).joined(separator: ", ")
  }
}
