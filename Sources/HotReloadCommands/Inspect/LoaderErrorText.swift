import HotReloadELF
import HotReloadLoader

/// Errors of the device's modules for people: their messages are printf's formats, because the chip's log
/// takes them as they are.
enum LoaderErrorText {
  /// `error`, which the loader for `chip` has of the image `bytes`.
  static func describe(_ error: LoaderError, of bytes: [UInt8], for chip: Chip) -> String {
    var symbol: String?
    do throws(LoaderError) {
      symbol = Inspection.text(try ModuleImage(bytes.view, chip: chip).symbolName(of: error))
    } catch {
      // An image that cannot be read has no symbols.
    }
    return fill(
      error.message.description, symbol: symbol,
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
}
