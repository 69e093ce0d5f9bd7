// Dynamic relocations of Xtensa.
//
// Source: binutils, include/elf/xtensa.h (the numbers) and what bfd/elf32-xtensa.c writes when it makes a shared object; there is
// no published psABI. A is the addend in the table entry, P the word that the relocation is for, S the
// address of the symbol after loading.
//
// An Xtensa core has no instruction with a 32-bit operand, and none that is relative to the program counter and
// reaches data: every address and every far call is a literal, a word in front of the function that
// L32R loads. So what has to be fixed is again words that hold addresses, but many of them lie in the
// code region, among the instructions. A linker resolves the rest (branches, near calls, L32R itself).
//
//   R_XTENSA_RELATIVE   P + A + bias   pointers and literals to what the module defines itself
//   R_XTENSA_32         S + A          pointers and literals to symbols
//   R_XTENSA_GLOB_DAT   S + A          what the linker makes of those that another object could define
//   R_XTENSA_PLT        S + A          literals of functions
//   R_XTENSA_JMP_SLOT   S + A          what the linker makes of them; bound at once, never lazily
//
// The word of RELATIVE counts, unlike that of all the others and of RISC-V: the linker leaves the address in
// it, and 0 in the entry. A is added all the same. No action is due for R_XTENSA_NONE, for RTLD (the places
// of a lazy resolver and its argument, which nobody calls when all is bound), and for what --emit-relocs leaves in:
// SLOT0_OP and ASM_EXPAND, which say what the linker has resolved. The rest of the operand slots belongs to
// cores with wide instructions, DIFF… to assemblers, TLS… needs a thread pointer: none loads here.
//
// Code and data go where the chip has room for each, so there is no one bias. An image says where it is linked:
//
//   far apart   data from 0x10000000 on, code from 0x20000000 on. Each has its bias, and what is fixed gets that of
//               the region in which the *target* lies: a pointer behind the last byte of a table, or in
//               front of its first, belongs to the table. A packed image says so, list by list. In a plain
//               object it is the region of the symbol, or for RELATIVE, where nothing else is
//               known, of the address: the regions are so far apart that no index leads across.
//   adjacent    what `ld -shared` makes by itself, from address 0 on: one bias, for a chip that has one address for a
//               byte. Nothing would tell there whether an address between the two belongs to the first or
//               to the second, so such an object does not load where the two go different ways.

import HotReloadELF

/// Dynamic relocations of Xtensa, see the head of this file.
enum XtensaRelocation {
  /// What relocation `type` asks for (binutils, `include/elf/xtensa.h`).
  static func kind(_ type: UInt8) -> RelocationKind {
    switch type {
    case 0, 2, 11, 20: .none  // R_XTENSA_NONE, RTLD, ASM_EXPAND, SLOT0_OP
    case 5: .relative  // R_XTENSA_RELATIVE
    case 1, 3, 4, 6: .symbolic  // R_XTENSA_32, GLOB_DAT, JMP_SLOT, PLT
    default: .unsupported
    }
  }

  /// R_XTENSA_RELATIVE: `P + A` and the bias of the region in which that lies.
  static func relative(_ addend: Int32) -> FixupValue {
    FixupValue(.inPlace, FixupTarget(region: nil, addend: UInt32(bitPattern: addend)))
  }

  /// R_XTENSA_32 and its like: `S + A`. The region is that of `S`.
  static func symbolic(_ symbol: SymbolValue, _ addend: Int32) -> FixupValue {
    switch symbol {
    case .address(let value):
      FixupValue(
        .biased(value &+ UInt32(bitPattern: addend)), FixupTarget(region: XtensaRegion.of(value)))
    case .absolute(let value): FixupValue(.absolute(value &+ UInt32(bitPattern: addend)))
    }
  }
}

/// The regions of an image whose data and code are linked far apart (docs/MODULE-FORMAT.md).
enum XtensaRegion {
  /// Where data is linked.
  static var data: UInt32 { 0x1000_0000 }
  /// Where code is linked.
  static var code: UInt32 { 0x2000_0000 }
  /// What lies below it belongs to the data.
  private static var midpoint: UInt32 { 0x1800_0000 }

  /// The region of an address.
  static func of(_ address: UInt32) -> Region { address < midpoint ? .data : .code }
}

extension ELFFile {
  /// Whether the first segment in memory lies in a region, so that the regions are linked far apart.
  var beginsInRegions: Bool {
    var segments = programHeaders
    while let segment = segments.next() {
      guard segment.type == .load, segment.memorySize > 0 else { continue }
      return segment.virtualAddress >= XtensaRegion.data
    }
    return false
  }
}
