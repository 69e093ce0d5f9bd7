import HotReloadELF

extension ModuleImage {
  /// The name that `%s` stands for in the message of an error that came of this image: empty if the error is about
  /// no symbol, or if the symbol has no readable name.
  @_lifetime(copy self)
  public func symbolName(of error: LoaderError) -> ByteView {
    guard let index = error.symbol, index != 0 else { return .empty }
    do throws(ELFError) {
      return try tables.symbols.name(of: tables.symbols.symbol(at: index))
    } catch {
      return .empty
    }
  }
}
