/// What to do about what GNU ld says when it cannot link a module for Xtensa: its messages name no flag of the compiler,
/// or one that does not help.
enum LinkHint {
  /// The hint that fits a linker's output; nil if nothing special is known about it.
  static func text(for output: String) -> String? {
    known.first { output.contains($0.message) }?.hint
  }

  /// Messages of binutils' `bfd/elf32-xtensa.c`.
  private static let known: [(message: String, hint: String)] = [
    ("invalid relocation for dynamic symbol", longCalls),
    ("call target out of range", longCalls),
    ("literal target out of range", textSectionLiterals),
    ("literal placed after use", textSectionLiterals),
    (
      "dynamic relocation in read-only section",
      "a thin archive cannot be linked into a module for Xtensa: make it without T"
    ),
    ("bfd/elf32-xtensa.c", "compile the module without -fPIC: GNU ld cannot link that for Xtensa"),
  ]

  private static let longCalls =
    "compile the module and the archives in its LINK_INPUTS with -mlongcalls"
  private static let textSectionLiterals =
    "compile the module and the archives in its LINK_INPUTS with -mtext-section-literals"
}
