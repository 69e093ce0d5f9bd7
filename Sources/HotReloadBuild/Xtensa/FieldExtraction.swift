/// Writes `EXTUI`, which takes the lowest bits of a register, where LLVM loads a mask into another register and uses `AND`:
/// 3 bytes in place of 5 or 6. LLVM 22 knows the instruction for bits further up only.
///
/// It looks no further than a block: from a label, a branch, or a call to the next. A mask that is loaded and that nothing
/// in its block reads any more is dropped where the register gets another value before the block ends.
struct FieldExtraction {
  /// The lines so far; nil for those that are dropped.
  private var lines: [TextSlice?] = []
  /// Registers that hold a mask: the line that loads it, and how many bits it has.
  private var masks: [TextSlice: (line: Int, width: Int)] = [:]

  static func chosen(_ assembly: [UInt8]) -> [UInt8] {
    var extraction = FieldExtraction()
    for line in TextLines(assembly) { extraction.take(AssemblyLine(line)) }
    var text: [UInt8] = []
    text.reserveCapacity(assembly.count)
    for case let line? in extraction.lines {
      text += line
      text.append(UInt8(ascii: "\n"))
    }
    return text
  }

  private mutating func take(_ line: AssemblyLine) {
    lines.append(line.bytes)
    if line.operation.isEmpty || line.operation.first == UInt8(ascii: ".") {
      if line.label != nil || line.isSectionSwitch { masks = [:] }
      return
    }
    let operands = line.operands
    if Self.stores.contains(line.operation) {
      for operand in operands { masks[operand] = nil }
      return
    }
    guard Self.calculations.contains(line.operation) else {
      // It may read any register, and go anywhere.
      masks = [:]
      return
    }
    if !extract(line, operands) {
      for operand in operands.dropFirst() { masks[operand] = nil }
    }
    // Nobody has read the mask that the register held.
    if let unread = masks.removeValue(forKey: operands[0]) { lines[unread.line] = nil }
    if line.operation.elementsEqual("movi".utf8), operands.count == 2,
      let number = Int(operands[1].text), let width = Self.width(ofMask: number)
    {
      masks[operands[0]] = (lines.count - 1, width)
    }
  }

  /// Writes `and` with a mask, the last or the second operand, as `extui`.
  private mutating func extract(_ line: AssemblyLine, _ operands: [TextSlice]) -> Bool {
    guard line.operation.elementsEqual("and".utf8), operands.count == 3, operands[1] != operands[2]
    else { return false }
    for (mask, value) in [(operands[2], operands[1]), (operands[1], operands[2])] {
      guard let width = masks[mask]?.width else { continue }
      lines[lines.count - 1] =
        Array(
          "\textui\t\(operands[0].text), \(value.text), 0, \(width)".utf8)[...]
      // The value may be a mask in its turn.
      masks[value] = nil
      return true
    }
    return false
  }

  /// How many bits a mask of the lowest bits has, as far as `EXTUI` can take them (1 to 16); nil for another number.
  private static func width(ofMask number: Int) -> Int? {
    guard (1...0xFFFF).contains(number), number & (number + 1) == 0 else { return nil }
    return number.nonzeroBitCount
  }

  /// Instructions that read all their operands, and write none.
  private static let stores: Set<TextSlice> = Set(
    ["s8i", "s16i", "s32i"].map { Array($0.utf8)[...] })

  /// Instructions that write their first operand, read the others, and do no more.
  private static let calculations: Set<TextSlice> = Set(
    [
      "add", "addi", "addmi", "addx2", "addx4", "addx8", "and", "extui", "l16si", "l16ui", "l32i",
      "l32r", "l8ui", "max", "maxu", "min", "minu", "movi", "mull", "neg", "or", "quou", "remu",
      "slli", "srai", "srli", "sub", "xor",
    ].map { Array($0.utf8)[...] })
}
