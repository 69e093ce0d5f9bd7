/// What to do about a symbol of C++'s or Swift's runtime that neither the module nor the firmware defines.
enum MissingSymbolHint {
  /// The first hint that fits one of `symbols`; nil if nothing special is known about them.
  static func text(for symbols: some Sequence<String>) -> String? {
    for symbol in symbols {
      if let known = known.first(where: { symbol.hasPrefix($0.prefix) }) { return known.hint }
    }
    return nil
  }

  /// Beginnings of symbols of the Itanium C++ ABI (5.1 "External Names", 2.9 "Run-Time Type Information", 3.3
  /// "Initialization").
  private static let known: [(prefix: String, hint: String)] = [
    ("_ZTI", withoutTypes), ("_ZTVN10__cxxabiv1", withoutTypes), ("__dynamic_cast", withoutTypes),
    (
      "__cxa_guard_",
      "compile the module with -fno-threadsafe-statics, or define it in the firmware"
    ),
    (
      "_swift_stdlib_",
      "compare bytes in place of Strings: for Xtensa there are no tables of Unicode (docs/SWIFT-MODULES.md)"
    ),
    ("_Znw", allocation), ("_Zna", allocation), ("_Zdl", allocation), ("_Zda", allocation),
  ]

  private static let withoutTypes =
    "compile the module with -fno-rtti, or link a C++ runtime into the firmware"
  private static let allocation =
    "define operator new and operator delete in the firmware: a module uses its heap"
}
