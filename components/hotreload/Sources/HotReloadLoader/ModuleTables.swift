import HotReloadELF

/// The tables of an image: its exports, and which of its words have to be fixed. Packed images and plain
/// shared objects differ in which of them are empty.
struct ModuleTables: ~Escapable {
  /// Exports with an index, a word each: the virtual address.
  let exports: ByteView
  /// RELR: words that need the bias.
  let relative: ByteView
  /// Addresses, a word each, of words that need the bias and may lie at any address.
  let odd: ByteView
  /// `DT_RELA`.
  let relocations: ByteView
  /// `DT_JMPREL`.
  let jumpSlots: ByteView
  /// What relocations refer to, and exports with a name.
  let symbols: SymbolTable
}
