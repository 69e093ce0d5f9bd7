/// Traps are illegal instructions, as on RISC-V: LLVM would call `abort`, which is five times as long, and which says
/// less than where the processor stopped.
enum IRTraps {
  private static let trap: StaticString = "call void @llvm.trap()"
  /// `ILL` (Xtensa ISA, "Core Architecture"): raises IllegalInstruction on every core.
  private static let illegalInstruction = Array(#"call void asm sideeffect "ill", ""()"#.utf8)

  /// The code without calls of `llvm.trap`.
  static func inlined(_ ir: [UInt8]) -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(ir.count)
    for line in TextLines(ir) {
      if let position = line.position(of: trap) {
        result += line[..<position]
        result += illegalInstruction
        result += line[(position + trap.utf8CodeUnitCount)...]
      } else {
        result += line
      }
      result.append(UInt8(ascii: "\n"))
    }
    return result
  }
}
