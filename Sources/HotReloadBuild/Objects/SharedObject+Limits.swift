import HotReloadELF
import HotReloadLoader

extension SharedObject {
  /// Refuses what is too large for any chip, before an image of that size is made.
  ///
  /// - Parameter path: names the shared object in the message.
  /// - Throws: `refusedByLoader`.
  func checkMemory(path: String) throws(BuildFailure) {
    let alignment = max(data?.alignment ?? 1, code.alignment)
    guard alignment <= ModuleImage.maximumAlignment else {
      throw BuildFailure(
        .unloadable, .refusedByLoader,
        "\(path) has to be aligned to \(alignment) bytes, a module to "
          + "\(ModuleImage.maximumAlignment) at most",
        hint: "lower the alignment of what asks for it: __attribute__((aligned)), alignas()")
    }
    let dataSize = UInt64(data?.memorySize ?? 0)
    let codeSize = UInt64(code.memorySize)
    guard dataSize + codeSize <= UInt64(ModuleImage.maximumBlockSize) else {
      let hint = largestVariable.map { variable in
        "make '\(variable.name)' smaller (\(variable.symbol.byteCount) bytes), or allocate it when "
          + "the module runs"
      }
      throw BuildFailure(
        .unloadable, .refusedByLoader,
        "\(path) takes \(dataSize) bytes of data and \(codeSize) of code in memory, a module "
          + "\(ModuleImage.maximumBlockSize) at most", hint: hint)
    }
  }
}
