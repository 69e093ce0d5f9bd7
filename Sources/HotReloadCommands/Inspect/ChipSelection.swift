import HotReloadLoader

/// Whose loader is asked.
enum ChipSelection {
  /// Every chip that the file may be meant for.
  case meant
  /// Every chip there is.
  case all
  /// These; all of them have to load the file.
  case these([Chip])

  /// What somebody typed: names, or `all`.
  init(_ names: [String]) throws(CommandFailure) {
    var chips: [Chip] = []
    for name in names where name != "all" { chips.append(try ChipName.require(name)) }
    self = names.isEmpty ? .meant : names.contains("all") ? .all : .these(chips)
  }

  var chips: [Chip] {
    if case .these(let chips) = self { return chips }
    return (0..<Chip.count).map { Chip.at($0) }
  }
}
