/// One word of a block that has to be fixed, after all checks: nothing is left but to write it.
struct Fixup: Equatable {
  /// Offset of the word in the block, at any alignment; four bytes from there are the module's data.
  let blockOffset: UInt32
  /// What is to be written.
  let value: FixupValue
}

/// The new value of a word. The bias is the block's data address.
enum FixupValue: Equatable {
  /// The word's value plus the bias.
  case inPlaceBiased
  /// This number plus the bias.
  case biased(UInt32)
  /// This number.
  case absolute(UInt32)
}
