/// What the objects of a module offer and need, from their symbol tables.
public struct ModuleInterface: Equatable, Sendable {
  /// Strong functions with default visibility: what the firmware calls. Sorted by byte value. Weak and
  /// COMDAT functions (C++ inline functions, templates) and those with Swift's own names stay inside the module.
  public var exports: [String]
  /// Strong data with default visibility: the firmware cannot reach it through a stub. Sorted.
  public var exportedData: [String]
  /// Strong visible symbols that do not say what they are, as assembly leaves them without `.type`: not
  /// exported, because nobody knows whether they can be called. Sorted.
  public var untyped: [String]
  /// Undefined symbols, sorted by byte value.
  public var imports: [Import]

  /// A symbol that the module needs from the firmware.
  public struct Import: Equatable, Sendable {
    /// As the symbol table has it.
    public var name: String
    /// Whether 0 will do (`__attribute__((weak))`).
    public var isWeak: Bool
    /// The object file that needs it: the first one, in link order.
    public var neededBy: String

    /// Creates the description of an import.
    public init(name: String, isWeak: Bool, neededBy: String) {
      self.name = name
      self.isWeak = isWeak
      self.neededBy = neededBy
    }
  }

  /// Creates an interface; the lists are sorted already.
  public init(
    exports: [String] = [], exportedData: [String] = [], untyped: [String] = [],
    imports: [Import] = []
  ) {
    self.exports = exports
    self.exportedData = exportedData
    self.untyped = untyped
    self.imports = imports
  }
}
