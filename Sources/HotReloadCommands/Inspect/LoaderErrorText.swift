import HotReloadELF
import HotReloadLoader

/// Errors of the device's modules for people: their messages are printf's formats, because the chip's log
/// takes them as they are.
enum LoaderErrorText {
  static func describe(_ error: LoaderError) -> String {
    fill(
      error.message.description, symbol: error.symbol.map(text),
      numbers: [error.numbers.first, error.numbers.second])
  }

  static func describe(_ error: ELFError) -> String {
    fill(error.message.description, symbol: nil, numbers: [error.number])
  }

  /// Puts numbers and symbol where `%u`, `%x` and `%s` stand.
  static func fill(_ format: String, symbol: String?, numbers: [UInt32]) -> String {
    var text = ""
    var numbers = numbers[...]
    var rest = format[...]
    while let percent = rest.firstIndex(of: "%") {
      text += rest[..<percent]
      let conversion = rest[percent...].dropFirst().first
      rest = rest[percent...].dropFirst(2)
      switch conversion {
      case "u": text += numbers.popFirst().map { "\($0)" } ?? ""
      case "x": text += numbers.popFirst().map { String($0, radix: 16) } ?? ""
      case "s": text += symbol ?? ""
      default: text += "%" + (conversion.map(String.init) ?? "")
      }
    }
    return text + rest
  }

  private static func text(_ name: SymbolName) -> String {
    String(
      decoding: name.bytes.indices.map { name.bytes[$0] }.prefix { $0 != 0 }, as: UTF8.self)
  }
}
