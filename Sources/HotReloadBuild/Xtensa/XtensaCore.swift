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

  /// Whether it has `S32C1I`. Without it atomic operations are calls of `__atomic_…_4`.
  var hasCompareAndSwap: Bool { self != .esp32s2 }

  /// LLVM's names for what the core has (`llc -mtriple=xtensa -mattr=help`), as far as compilers ask for it.
  ///
  /// Sources: `XCHAL_HAVE_…` of components/xtensa/<chip>/include/xtensa/config/core-isa.h in ESP-IDF 5.3; of
  /// target/xtensa/core-dc233c/core-isa.h in QEMU. The ESP32's accelerator for double precision is left to libgcc.
  var features: [String] {
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
