import HotReloadELF
import HotReloadLoader
import HotReloadPort

/// Errors of the device's modules for people: their messages are printf's formats, because the chip's log
/// takes them as they are.
public enum DeviceErrorText {
  /// - Parameter symbol: the name of the error's symbol, if it has one.
  public static func describe(_ error: LoaderError, symbol: String?) -> String {
    if case .tooLarge(LinkerScriptGenerator.hostRegion) = error {
      // A linked module has there what the packer reads and leaves out.
      return "linked, but not packed: send module.elf, or run `hotreload pack`"
    }
    return fill(
      error.message.description, symbol: symbol,
      numbers: [error.numbers.first, error.numbers.second])
  }

  /// The message with its number.
  public static func describe(_ error: ELFError) -> String {
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
