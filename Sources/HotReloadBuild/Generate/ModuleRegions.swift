import HotReloadLoader

/// Where a module's two regions are linked (docs/MODULE-FORMAT.md, "Regions and the load address").
public enum ModuleRegions: Equatable, Sendable {
  /// Data at 0, and code behind it at the distance between the chip's two buses: one bias moves both.
  case adjacent(executableOffset: UInt32)
  /// Xtensa: each region has a bias of its own, and the region that a word points into decides which one it gets. So
  /// far apart, a pointer in front of a region or behind its end still belongs to it.
  case apart

  /// Where data begins if the regions lie apart.
  public static let farData: UInt32 = 0x1000_0000
  /// Where code begins if the regions lie apart.
  public static let farCode: UInt32 = 0x2000_0000
  /// How far from the beginning of its region a pointer may point, to either side, in bytes: a module has 16 MiB at most,
  /// and what points farther away may mean anything.
  static let reach: UInt32 = 64 << 20

  /// What modules for `chip` have.
  init(_ chip: Chip) {
    self =
      switch chip.instructionSet {
      case .riscv: .adjacent(executableOffset: chip.executableOffset)
      case .xtensa: .apart
      }
  }

  /// What the note of a packed module says: the distance of the buses that was linked in.
  var executableOffset: UInt32 {
    switch self {
    case .adjacent(let executableOffset): executableOffset
    case .apart: 0
    }
  }

  /// Where the region of `address` is linked, if the regions lie apart; nil if it points to neither.
  static func isCode(_ address: UInt32) -> Bool? {
    switch address {
    case farData - reach..<farData + reach: false
    case farCode - reach..<farCode + reach: true
    default: nil
    }
  }
}
