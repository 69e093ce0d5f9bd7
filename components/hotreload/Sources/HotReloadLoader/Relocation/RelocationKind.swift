/// What a relocation asks for, whatever its number is on an instruction set.
enum RelocationKind {
  /// Nothing.
  case none
  /// The bias plus the addend.
  case relative
  /// A symbol's address plus the addend.
  case symbolic
  /// A symbol's address.
  case jumpSlot
  /// Something that this loader does not do.
  case unsupported
}

/// `S` of a relocation formula: what a symbol stands for.
enum SymbolValue: Equatable {
  /// An address of the module, before the bias is added.
  case address(UInt32)
  /// A number that does not move with the module: absolute symbols, and 0 for what is undefined and
  /// weak.
  case absolute(UInt32)
}
