import HotReloadELF

/// The place in an object file where it relies on unwinding the stack, as C++ exceptions do: nothing on the chip
/// knows how to unwind a module's frames.
struct UnwindingUse: Equatable {
  /// The function that throws, catches or cleans up, as the symbol table has it; nil if it is not known.
  let function: String?
  /// What gives it away: a function of the unwinder, or a section of its tables.
  let evidence: String

  /// The first use that names a function, or the first one; nil if there is none.
  init?(_ symbols: [NamedSymbol], _ relocations: [ObjectRelocation], sections: [String]) {
    let uses = relocations.lazy.filter { Self.belongsToUnwinder($0.symbol.name) }
    var first: UnwindingUse?
    for use in uses {
      let function = Self.function(symbols, containing: use)
      let found = UnwindingUse(function: function, evidence: use.symbol.name)
      if function != nil {
        self = found
        return
      }
      first = first ?? found
    }
    let table = ".gcc_except_table"
    if let section = sections.first(where: { $0 == table || $0.hasPrefix(table + ".") }) {
      let function = section.dropFirst(table.count + 1)
      first = UnwindingUse(function: function.isEmpty ? nil : String(function), evidence: table)
    }
    guard let first else { return nil }
    self = first
  }

  private init(function: String?, evidence: String) {
    self.function = function
    self.evidence = evidence
  }

  /// Itanium C++ ABI: Exception Handling, 1.2 and 2.4; personality routines of GCC and clang.
  private static func belongsToUnwinder(_ symbol: String) -> Bool {
    ["_Unwind_", "__gxx_personality_", "__gcc_personality_", "DW.ref.__gxx_personality_"].contains {
      symbol.hasPrefix($0)
    }
      || [
        "__cxa_throw", "__cxa_rethrow", "__cxa_begin_catch", "__cxa_end_catch",
        "__cxa_allocate_exception", "__cxa_end_cleanup",
      ].contains(symbol)
  }

  /// The function whose code refers to a symbol. clang's own helper, which calls the unwinder for a function
  /// that may not throw, says nothing about who needs it.
  /// Compilers split functions: `f.cold.1` is a part of `f`.
  private static func function(
    _ symbols: [NamedSymbol], containing use: ObjectRelocation
  ) -> String? {
    let found = use.function(in: symbols)
    guard found?.name != "__clang_call_terminate" else { return nil }
    return found?.name.split(separator: ".").first.map { String($0) }
  }

  /// The refusal.
  func failure(_ path: String) -> BuildFailure {
    let what = function.map { "'\($0)' in \(path)" } ?? path
    return BuildFailure(
      .buildFailed, .exceptions, "\(what) throws or catches exceptions (\(evidence))",
      hint: "compile the module with -fno-exceptions: a module's stack cannot be unwound")
  }
}
