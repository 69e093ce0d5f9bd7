/// Calls functions of the same file directly (`CALL8`, 3 bytes) where LLVM loads their address into a register first
/// (`L32R` and `CALLX8` with a literal, 10 bytes): LLVM does so for every call.
///
/// `CALL8` reaches 512 KiB either way. The functions of one file come to lie beside each other unless a section of
/// their own says otherwise; a linker that puts them further apart says so. Calls within a section stay as they are:
/// LLVM 22 would calculate their distance, and does it wrongly (see `LiteralPools`); between sections the linker does.
struct DirectCalls {
  private let functions: FunctionSections
  /// Nil for those that are dropped.
  private var lines: [TextSlice?] = []
  /// What the labels of the last pools stand for.
  private var values: [TextSlice: TextSlice] = [:]
  /// Registers that hold the address of a function which nobody has looked at yet: the line that loaded it.
  private var loaded: [TextSlice: (line: Int, function: TextSlice)] = [:]
  private var section = FunctionSections.standard

  /// The assembly with direct calls, and without the constants that nobody loads any more.
  static func made(_ assembly: [UInt8]) -> [UInt8] {
    var calls = DirectCalls(functions: FunctionSections(assembly))
    for line in TextLines(assembly) { calls.take(AssemblyLine(line)) }
    return calls.text(size: assembly.count)
  }

  private init(functions: FunctionSections) { self.functions = functions }

  /// What a call leaves undefined: the caller need not look at them again.
  private static let outgoing: Set<TextSlice> = Set((8...15).map { Array("a\($0)".utf8)[...] })

  private mutating func take(_ line: AssemblyLine) {
    let operation = line.operation
    lines.append(line.bytes)
    if operation.isEmpty || operation.first == UInt8(ascii: ".") {
      takeDirective(line)
    } else if operation.begins(with: "l32r") {
      let operands = line.operands
      loaded[operands[0]] = nil
      guard operands.count == 2, Self.outgoing.contains(operands[0]),
        let function = values[operands[1]], functions.areNear(function, section)
      else { return }
      loaded[operands[0]] = (lines.count - 1, function)
    } else if operation.begins(with: "callx8") {
      if let call = loaded[line.arguments] {
        lines[call.line] = nil
        lines[lines.count - 1] = Array("\tcall8\t".utf8) + call.function
      }
      loaded = [:]
    } else if Self.endsBlock(operation) {
      loaded = [:]
    } else {
      for operand in line.operands { loaded[operand] = nil }
    }
  }

  private mutating func takeDirective(_ line: AssemblyLine) {
    if line.operation.begins(with: ".literal") {
      let operands = line.operands
      if operands.count == 2 { values[operands[0]] = operands[1] }
    } else if line.isSectionSwitch {
      section = FunctionSections.name(line)
    }
    // Whoever comes to a label from elsewhere does not have what was loaded before it.
    if line.label != nil { loaded = [:] }
  }

  /// Branches, jumps, returns, calls, loops, and traps.
  private static func endsBlock(_ operation: TextSlice) -> Bool {
    switch operation.first {
    case UInt8(ascii: "b"), UInt8(ascii: "j"), UInt8(ascii: "c"), UInt8(ascii: "r"),
      UInt8(ascii: "i"):
      true
    default: operation.begins(with: "loop")
    }
  }

  private func text(size: Int) -> [UInt8] {
    var used: Set<TextSlice> = []
    for case let bytes? in lines {
      let line = AssemblyLine(bytes)
      if line.operation.begins(with: "l32r"), let label = line.operands.last { used.insert(label) }
    }
    var text: [UInt8] = []
    text.reserveCapacity(size)
    for case let bytes? in lines {
      let line = AssemblyLine(bytes)
      if line.operation.begins(with: ".literal"), let label = line.operands.first, !label.isEmpty,
        !used.contains(label)
      {
        continue
      }
      text += bytes
      text.append(UInt8(ascii: "\n"))
    }
    return text
  }
}
