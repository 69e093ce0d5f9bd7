import HotReloadPort

// What a call leaves behind on Xtensa.
//
// Source: Xtensa Instruction Set Architecture Reference Manual, "Windowed Procedure-Call Protocol", and the descriptions of
// CALL4, CALLX4, …, RETW (the upper two bits of the return address are the window increment, those of the program
// counter stay what they are across a call and its return), and ILL (24 zero bits: an illegal instruction).
//
//   callN  …    imm18 nn 0101                          3 bytes
//   callxN as   0000 0000 0000 ssss 11 nn 0000         3 bytes
//
// nn is N / 4; 0 stands for CALL0 and CALLX0, whose return address is left as it is.

/// Return addresses of Xtensa, see the head of this file.
enum XtensaReturnAddress {
  /// The address that a word stands for in the gigabyte of `address`.
  static func decode(_ word: UInt32, near address: UInt32) -> UInt32 {
    word & 0x3FFF_FFFF | address & 0xC000_0000
  }

  /// Whether the instruction before `offset` is a call that leaves `word`.
  static func followsCall(
    _ word: UInt32, at offset: UInt32, _ code: ModuleCode, _ memory: some MemoryPort
  ) -> Bool {
    guard offset >= 3 else { return false }
    let instruction = code.bytes(3, before: offset, memory)
    guard instruction & 0xF == 0x5 || instruction & 0xFF_F0CF == 0xC0 else { return false }
    let increment = instruction &>> 4 & 3
    return increment == 0 ? word == code.start &+ offset : word &>> 30 == increment
  }
}
