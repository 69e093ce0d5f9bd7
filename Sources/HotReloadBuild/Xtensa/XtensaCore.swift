import HotReloadLoader

/// A configuration of Xtensa's processor: which of the optional instructions it has. Code for one core does not run
/// on another.
public enum XtensaCore: String, CaseIterable, Sendable {
  /// QEMU's, of the virtual board qemu-xtensa.
  case dc233c
  /// LX6.
  case esp32
  /// LX7 without loops, atomic instructions, and floating point.
  case esp32s2
  /// LX7.
  case esp32s3

  /// The core of a chip; nil for chips without Xtensa.
  init?(_ chip: Chip) {
    guard chip.instructionSet == .xtensa else { return nil }
    // Virtual chips have no number of ESP-IDF's, and QEMU's core.
    guard let core = chip.id < 0xFF00 ? XtensaCore(rawValue: "\(chip.name)") : .dc233c else {
      return nil
    }
    self = core
  }

  /// The symbol that says in an object file which core it was compiled for.
  var mark: String { Self.markPrefix + rawValue }
  static let markPrefix = "hotreload_core_"

  /// LLVM's names for what the core has (`llc -mtriple=xtensa -mattr=help`), as far as compilers ask for it.
  ///
  /// Sources: `XCHAL_HAVE_…` of components/xtensa/<chip>/include/xtensa/config/core-isa.h in ESP-IDF 5.3; of
  /// target/xtensa/core-dc233c/core-isa.h in QEMU. The ESP32's accelerator for double precision is left to libgcc.
  var features: [String] {
    // Atomic operations without S32C1I are calls of __atomic_…_4.
    let common = [
      "windowed", "density", "mul16", "mul32", "div32", "nsa", "minmax", "sext", "clamps",
      "threadptr",
    ]
    return switch self {
    case .dc233c: common + ["loop", "mac16", "s32c1i"]
    case .esp32, .esp32s3: common + ["mul32high", "loop", "mac16", "s32c1i", "fp", "bool"]
    case .esp32s2: common + ["mul32high"]
    }
  }

  /// Options of llc and llvm-mc that say what the core is: nothing is taken from the tools' own idea of a chip.
  var options: [String] {
    ["-mcpu=generic", "-mattr=" + features.map { "+\($0)" }.joined(separator: ",")]
  }
}
