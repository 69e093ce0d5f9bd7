/// One word of a module that has to be fixed, after all checks: nothing is left but to write it.
struct Fixup: Equatable {
  /// Virtual address of the word, at any alignment in data; four bytes from there are the module's.
  let address: UInt32
  /// What is to be written.
  let value: FixupValue
}

/// The new value of a word. Biases are those of `Biases`.
enum FixupValue: Equatable {
  /// The word's value plus this number, plus the bias of a region: nil stands for the one in which the sum lies.
  case inPlace(addend: UInt32, Region?)
  /// This number plus the bias of a region.
  case biased(UInt32, Region)
  /// This number.
  case absolute(UInt32)
}

/// The parts of an image that may have different biases.
enum Region: Equatable {
  /// Variables and constants.
  case data
  /// Instructions, and literals between them.
  case code
}
