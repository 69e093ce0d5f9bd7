import HotReloadLoader

/// Errors of the device's loader, with their numbers and symbols.
enum LoaderErrorText {
  /// The message, and what it is about.
  static func describe(_ error: LoaderError) -> String {
    let numbers = [error.numbers.first, error.numbers.second].filter { $0 != 0 }
    let details = numbers.map(HexText.address) + (error.symbol.map { ["'\(text($0))'"] } ?? [])
    return "\(error.message)" + (details.isEmpty ? "" : ": \(details.joined(separator: ", "))")
  }

  private static func text(_ name: SymbolName) -> String {
    String(
      decoding: name.bytes.indices.map { name.bytes[$0] }.prefix { $0 != 0 }, as: UTF8.self)
  }
}
