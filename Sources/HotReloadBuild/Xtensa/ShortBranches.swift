/// Writes forward branches on zero in their short form (`BEQZ.N`, `BNEZ.N`), of 2 bytes in place of 3, where they reach:
/// GNU's assembler does so for GCC's code.
///
/// Xtensa ISA, BEQZ.N: from 4 to 67 bytes behind the branch.
enum ShortBranches {
  static func chosen(_ assembly: [UInt8]) -> [UInt8] {
    let lines = TextLines(assembly).map { AssemblyLine($0) }
    var text: [UInt8] = []
    text.reserveCapacity(assembly.count)
    for (index, line) in lines.enumerated() {
      text += line.bytes
      // Nothing that follows can be longer than it is now: what is reached stays in reach.
      if let operation = shortForm(line), let label = line.operands.last,
        let distance = distance(to: label, in: lines[(index + 1)...]), (2...65).contains(distance)
      {
        text.removeLast(line.bytes.count)
        text += "\t\(operation)\t\(line.arguments.text)".utf8
      }
      text.append(UInt8(ascii: "\n"))
    }
    return text
  }

  private static func shortForm(_ line: AssemblyLine) -> String? {
    switch line.operation.text {
    case "beqz": "beqz.n"
    case "bnez": "bnez.n"
    default: nil
    }
  }

  /// Bytes in front of the label, as far as a short branch reaches; nil if it is not there.
  private static func distance(to label: TextSlice, in lines: ArraySlice<AssemblyLine>) -> Int? {
    var distance = 0
    for line in lines {
      if line.label == label { return distance }
      guard let size = size(line) else { return nil }
      distance += size
      if distance > 65 { return nil }
    }
    return nil
  }

  /// Bytes of an instruction; 0 for what makes none; nil for directives, which may make any number.
  private static func size(_ line: AssemblyLine) -> Int? {
    switch line.operation.first {
    case nil, UInt8(ascii: "#"): 0
    case UInt8(ascii: "."): nil
    default: line.operation.suffix(2).elementsEqual(".n".utf8) ? 2 : 3
    }
  }
}
