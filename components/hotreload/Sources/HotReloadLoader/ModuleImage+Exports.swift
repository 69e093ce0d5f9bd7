import HotReloadELF
import HotReloadPort

extension ModuleImage {
  /// Where export `index` of a packed image can be called; throws `noSuchExport` or `exportOutsideCode`.
  public func exportAddress(
    at index: UInt32, in blocks: ModuleBlocks
  ) throws(LoaderError) -> UInt32 {
    guard index < exportCount else { throw .noSuchExport(index) }
    // The table was cut out with this count.
    let address = try elf(tables.exports.word(at: index &* 4))
    try checkExport(address)
    return address &+ biases(in: blocks).code
  }

  /// Where the lifecycle function (`hotreload_module.h`) can be called, 0 if the module has none.
  public func lifecycleAddress(in blocks: ModuleBlocks) -> UInt32 {
    lifecycle == 0 ? 0 : lifecycle &+ biases(in: blocks).code
  }

  /// Where the export of this name of a plain shared object can be called, nil if there is none;
  /// throws `exportOutsideCode`.
  ///
  /// Exports are what is defined and strong with default visibility, a function or without a type.
  public func exportAddress(
    named name: Span<UInt8>, in blocks: ModuleBlocks
  ) throws(LoaderError) -> UInt32? {
    for index in 0..<tables.symbols.count {
      let symbol = try elf(tables.symbols.symbol(at: index))
      guard symbol.isExport, tables.symbols.isNamed(symbol, name) else { continue }
      try checkExport(symbol.value)
      return symbol.value &+ biases(in: blocks).code
    }
    return nil
  }

  /// Throws `exportOutsideCode` unless `address` is in the file part of an executable segment.
  func checkExport(_ address: UInt32) throws(LoaderError) {
    guard isCode(address) else { throw .exportOutsideCode(address: address) }
  }

  /// Whether `address` is in the file part of an executable segment.
  func isCode(_ address: UInt32) -> Bool { file.programHeaders.flags(at: address).isExecutable }
}

extension Symbol {
  fileprivate var isExport: Bool {
    isDefined && section != .absolute && binding == .global && visibility == .default
      && (type == .function || type == .none)
  }
}
