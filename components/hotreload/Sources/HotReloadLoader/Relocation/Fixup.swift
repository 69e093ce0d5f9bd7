/// One word of a module that has to be fixed, after all checks: nothing is left but to write it.
struct Fixup {
  /// Virtual address of the word, at any alignment in data; four bytes from there are the module's.
  let address: UInt32
  /// What is to be written.
  let value: FixupValue
}

/// The new value of a word. Biases are those of `Biases`.
struct FixupValue {
  /// What it is made of.
  enum Form {
    /// The word's value plus the bias.
    case inPlace
    /// This number plus the bias.
    case biased(UInt32)
    /// This number.
    case absolute(UInt32)
  }

  /// What it is made of.
  let form: Form
  /// Whose bias, where there are two.
  let target: FixupTarget

  /// A value with the bias of `target`.
  init(_ form: Form, _ target: FixupTarget = .data) {
    self.form = form
    self.target = target
  }
}

/// The parts of an image that may have different biases.
enum Region {
  /// Variables and constants.
  case data
  /// Instructions, and literals between them.
  case code
}
