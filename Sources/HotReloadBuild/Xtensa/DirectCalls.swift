/// Calls functions of the same file directly (`CALL8`, 3 bytes) where LLVM loads their address into a register first
/// (`L32R` and `CALLX8` with a literal, 10 bytes): LLVM does so for every call.
///
/// `CALL8` reaches 512 KiB either way. The functions of one file come to lie beside each other unless a section of
/// their own says otherwise; a linker that puts them further apart says so.
struct DirectCalls {
  private let functions: Set<TextSlice>
  private var lines: [TextSlice] = []
  /// What the labels of the last pools stand for.
  private var values: [TextSlice: TextSlice] = [:]
  /// Registers that hold the address of a function which nobody has looked at yet: the line that loaded it.
  private var loaded: [TextSlice: (line: Int, function: TextSlice)] = [:]
  private var isOrdinaryCode = true

  /// The assembly with direct calls, and without the constants that nobody loads any more.
  static func made(_ assembly: [UInt8]) -> [UInt8] {
    var calls = DirectCalls(functions: FunctionList.ordinary(in: assembly))
    for line in TextLines(assembly) { calls.take(AssemblyLine(line)) }
    return calls.text(size: assembly.count)
  }

  private init(functions: Set<TextSlice>) { self.functions = functions }

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
      guard isOrdinaryCode, operands.count == 2, Self.outgoing.contains(operands[0]),
        let function = values[operands[1]], functions.contains(function)
      else { return }
      loaded[operands[0]] = (lines.count - 1, function)
    } else if operation.begins(with: "callx8") {
      if let call = loaded[line.arguments] {
        lines[call.line] = []
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
      isOrdinaryCode = line.isOrdinaryCodeSection
    }
    // Whoever comes to a label from elsewhere does not have what was loaded before it.
    if line.label != nil { loaded = [:] }
  }

  /// Branches, jumps, returns, calls, loops, and traps.
  private static func endsBlock(_ operation: TextSlice) -> Bool {
    switch operation.first {
    case UInt8(ascii: "b"), UInt8(ascii: "j"), UInt8(ascii: "c"), UInt8(ascii: "r"), UInt8(ascii: "i"):
      true
    default: operation.begins(with: "loop")
    }
  }

  private func text(size: Int) -> [UInt8] {
    var used: Set<TextSlice> = []
    for line in lines {
      let line = AssemblyLine(line)
      if line.operation.begins(with: "l32r"), let label = line.operands.last { used.insert(label) }
    }
    var text: [UInt8] = []
    text.reserveCapacity(size)
    for bytes in lines {
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

/// Functions that an assembly file defines.
enum FunctionList {
  /// Those in sections that a linker puts beside each other: `.text` and `.text.…`.
  static func ordinary(in assembly: [UInt8]) -> Set<TextSlice> {
    var functions: Set<TextSlice> = []
    var typed: Set<TextSlice> = []
    var isOrdinaryCode = true
    for bytes in TextLines(assembly) {
      let line = AssemblyLine(bytes)
      if line.isSectionSwitch {
        isOrdinaryCode = line.isOrdinaryCodeSection
      } else if line.operation.begins(with: ".type") {
        let operands = line.operands
        if operands.count == 2, operands[1].begins(with: "@function") { typed.insert(operands[0]) }
      } else if isOrdinaryCode, let label = line.label, typed.contains(label), !isRegister(label) {
        functions.insert(label)
      }
    }
    return functions
  }

  /// Whether the assembler would take the name for a register.
  private static func isRegister(_ name: TextSlice) -> Bool {
    name.elementsEqual("sp".utf8)
      || name.first == UInt8(ascii: "a") && UInt8(name.dropFirst().text).map { $0 < 16 } == true
  }
}
