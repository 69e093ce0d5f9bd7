import HotReloadPort

// What a call leaves behind on RISC-V.
//
// Source: RISC-V Instruction Set Manual, Volume I, "Unconditional Jumps" (JAL, JALR, and the table of return-address hints: x1 and
// x5 are link registers), chapter "C" (C.JAL, C.JALR), and "Base Instruction-Length Encoding": a parcel of 16 zero bits is an
// illegal instruction, whatever extensions there are.
//
//   jal   rd, …   imm[20|10:1|11|19:12] rd 1101111     4 bytes
//   jalr  rd, …   imm[11:0] rs1 000 rd 1100111         4 bytes
//   c.jal …       001 imm 01                           2 bytes, RV32 only, links x1
//   c.jalr rs1    1001 rs1 00000 10                    2 bytes, rs1 not x0, links x1
//
// The return address is that of the next instruction, as it is. Instructions are 2 or 4 bytes long, and the two bytes before
// an address may be the second half of four: that these happen to read as one of the short calls is possible, and makes
// of a stale number a return address now and then.

/// Return addresses of RISC-V, see the head of this file.
enum RISCVReturnAddress {
  /// Whether the instruction before `offset` is a call.
  static func followsCall(
    at offset: UInt32, _ code: ModuleCode, _ memory: some MemoryPort
  ) -> Bool {
    guard offset & 1 == 0, offset >= 2 else { return false }
    let half = code.bytes(2, before: offset, memory)
    if half & 0xE003 == 0x2001 { return true }
    if half & 0xF07F == 0x9002, half & 0x0F80 != 0 { return true }
    guard offset >= 4 else { return false }
    let word = code.bytes(4, before: offset, memory)
    // Without bit 9, in which x1 and x5 differ.
    return word & 0xDFF == 0x0EF || word & 0x7DFF == 0x00E7
  }
}
