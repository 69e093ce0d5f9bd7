/// A table of symbols and the strings that name them.
public struct SymbolTable: ~Escapable {
  private let entries: ByteView
  private let names: ByteView

  /// No symbols.
  @_lifetime(immortal)
  public init() {
    entries = .empty
    names = .empty
  }

  /// A table of `entries`, named by the string table `names`; throws `badEntrySize` unless the entries
  /// are a whole number of symbols.
  @_lifetime(copy entries, copy names)
  public init(entries: ByteView, names: ByteView) throws(ELFError) {
    guard entries.count % Symbol.size == 0 else { throw .badEntrySize(Symbol.size) }
    self.entries = entries
    self.names = names
  }

  /// Number of symbols, the undefined symbol 0 included.
  public var count: UInt32 { entries.count / Symbol.size }

  /// Symbol `index`; throws `noSuchIndex` or `extendedNumbering`.
  @inline(never)
  public func symbol(at index: UInt32) throws(ELFError) -> Symbol {
    guard index < count else { throw .noSuchIndex(index) }
    return try Symbol(entries.slice(at: index &* Symbol.size, count: Symbol.size))
  }

  /// The name of a symbol of this table; throws `unterminatedString`.
  @_lifetime(copy self)
  public func name(of symbol: Symbol) throws(ELFError) -> ByteView {
    try names.string(at: symbol.nameOffset)
  }

  /// Whether a symbol of this table has this name. Reads no further than `name` is long.
  public func isNamed(_ symbol: Symbol, _ name: Span<UInt8>) -> Bool {
    let count = UInt32(clamping: name.count)
    guard let found = try? names.slice(at: symbol.nameOffset, count: count),
      let end = try? names.byte(at: symbol.nameOffset &+ count)
    else { return false }
    return end == 0 && found.isEqual(to: name)
  }
}
