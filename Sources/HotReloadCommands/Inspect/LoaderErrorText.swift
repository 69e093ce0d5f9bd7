import HotReloadBuild
import HotReloadLoader

/// What a chip's loader says of an image, with the symbol's name out of the image.
enum LoaderErrorText {
  /// `error`, which the loader for `chip` has of the image `bytes`.
  static func describe(_ error: LoaderError, of bytes: [UInt8], for chip: Chip) -> String {
    if case .wrongChip(let found, _) = error, let other = Chip.withID(found) {
      return "built for \(other.name), but this is \(chip.name)"
    }
    var symbol: String?
    do throws(LoaderError) {
      symbol = Inspection.text(try ModuleImage(bytes.view, chip: chip).symbolName(of: error))
    } catch {
      // An image that cannot be read has no symbols.
    }
    return DeviceErrorText.describe(error, symbol: symbol)
  }
}
