import HotReloadLoader

/// Chips by name.
enum ChipName {
  /// Every chip that the loader knows.
  static var all: [String] { (0..<Chip.count).map { Chip.at($0).name.description } }

  static func find(_ name: String) -> Chip? {
    let bytes = Array(name.utf8)
    return Chip.named(bytes.span)
  }

  /// The chip that somebody typed.
  static func require(_ name: String) throws(CommandFailure) -> Chip {
    if let chip = find(name) { return chip }
    throw CommandFailure(
      .usage, "there is no chip '\(name)'", hint: "known are \(all.joined(separator: ", "))")
  }
}
