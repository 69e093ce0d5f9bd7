/// Names the registers of call frame information by their numbers: llvm-mc does not read the names that llc writes where a
/// function has a frame pointer.
///
/// DWARF numbers of Xtensa's registers: GCC's `xtensa.h`, `DEBUGGER_REGNO`; a0 to a15 are 0 to 15.
enum CallFrameRegisters {
  static func numbered(_ assembly: [UInt8]) -> [UInt8] {
    var text: [UInt8] = []
    text.reserveCapacity(assembly.count)
    for bytes in TextLines(assembly) {
      let line = AssemblyLine(bytes)
      if line.operation.begins(with: ".cfi_"), let register = line.operands.first,
        let number = number(register)
      {
        text += "\t\(line.operation.text)\t\(number)".utf8
        text += line.arguments.dropFirst(register.count)
      } else {
        text += bytes
      }
      text.append(UInt8(ascii: "\n"))
    }
    return text
  }

  private static func number(_ register: TextSlice) -> Int? {
    if register.text == "sp" { return 1 }
    guard register.first == UInt8(ascii: "a"), let number = Int(register.text.dropFirst()),
      (0...15).contains(number)
    else { return nil }
    return number
  }
}
