import HotReloadELF
import HotReloadLoader

/// Makes a module image out of a linked module and the firmware it is for (docs/MODULE-FORMAT.md).
public struct Packer: Sendable {
  let chip: Chip
  let firmware: FirmwareImage

  /// A packer of modules for one firmware on one chip.
  public init(chip: Chip, firmware: FirmwareImage) {
    self.chip = chip
    self.firmware = firmware
  }

  /// Packs a shared object that was linked with `LinkerScriptGenerator`'s script for the chip, and has the
  /// chip's own loader check the result.
  ///
  /// - Parameters:
  ///   - path: names the shared object in messages.
  ///   - neededBy: which object needs an import, for messages.
  /// - Throws: what is wrong with the module, naming the symbol; `refusedByLoader`.
  public func pack(
    _ sharedObject: [UInt8], path: String, neededBy: [String: String] = [:]
  ) throws(BuildFailure) -> PackedModule {
    let module = try SharedObject(sharedObject, path: path)
    try check(module, path: path)
    guard module.lifecycle != nil || !module.needsLifecycle else {
      throw BuildFailure(
        .buildFailed, .constructors,
        "\(path) has constructors, destructors or hooks, and nothing that runs them",
        hint:
          "compile components/hotreload/module/lifecycle.c with the module, as hotreload_add_module() does"
      )
    }
    try module.checkMemory(path: path)
    let imports = Set(
      module.symbols.lazy.filter { !$0.symbol.isDefined && !$0.name.isEmpty }.map { $0.name })
    var binder = RelocationBinder(
      module, firmware: try firmware.addresses(of: imports), neededBy: neededBy)
    try binder.bind(module)

    let exports = module.symbols.filter { $0.symbol.isDefined && $0.symbol.type == .function }
      .sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
    guard !exports.isEmpty else {
      throw BuildFailure(
        .buildFailed, .noExports, "\(path) exports no function",
        hint: "its functions must not be static, hidden (-fvisibility=hidden), or weak")
    }
    let fixups = binder.fixups.places
    let kept = try KeptState(sharedObject, path: path, fixups: fixups)
    let names = ExportTable(label: "", names: exports.map { $0.name })
    let packed = PackedModule(
      ImageLayout(
        machine: module.machine.rawValue, flags: module.flags,
        data: binder.data.map { Self.trimmed($0, fixups: fixups) }, code: binder.code),
      note: ModuleNote(
        chip: chip.id, executableOffset: ModuleRegions(chip).executableOffset,
        firmwareID: firmware.id, namesHash: names.namesHash,
        exports: exports.map { $0.symbol.value }, dataFixups: .init(binder.fixups.data),
        codeFixups: .init(binder.fixups.code), lifecycle: module.lifecycle ?? 0,
        kept: kept.variables),
      exports: names.names, warnings: kept.warnings)
    try check(packed)
    return packed
  }

  /// Firmware and module have to call each other in the same way.
  private func check(_ module: SharedObject, path: String) throws(BuildFailure) {
    guard module.machine == chip.instructionSet.machine else {
      throw BuildFailure(
        .buildFailed, .unsupportedObject,
        "\(path) is for \(module.machine.name), \(chip.name) is \(chip.instructionSet.machine.name)",
        hint: "compile the module with the firmware's compiler")
    }
    // EF_RISCV_FLOAT_ABI and EF_RISCV_RVE (RISC-V ELF psABI, "File Header").
    guard module.machine != .riscv || (module.flags ^ firmware.flags) & 0xE == 0 else {
      throw BuildFailure(
        .buildFailed, .unsupportedObject,
        "\(path) and \(firmware.path) pass arguments in different registers",
        hint: "compile both with the same -mabi")
    }
  }

  /// Trailing zeros need not be sent: the loader clears what follows the file part. Fixups stay in it, and it
  /// ends at a word.
  private static func trimmed(
    _ region: SharedObject.Region, fixups: [UInt32]
  ) -> SharedObject.Region {
    var region = region
    let last = region.bytes.lastIndex { $0 != 0 }.map { $0 + 1 } ?? 0
    let fixed = fixups.last { region.contains($0) }.map { Int($0 - region.address) + 4 } ?? 0
    let size = (max(last, fixed) + 3) & ~3
    if size < region.bytes.count { region.bytes.removeLast(region.bytes.count - size) }
    return region
  }

  private func check(_ packed: PackedModule) throws(BuildFailure) {
    let bytes = packed.bytes(sequence: 0)
    var symbol = ""
    do throws(LoaderError) {
      let image = try ModuleImage(bytes.span.raw, chip: chip)
      do throws(LoaderError) { try image.check() } catch {
        symbol = image.symbolName(of: error).text
        throw error
      }
    } catch {
      throw BuildFailure(
        .unloadable, .refusedByLoader,
        "the loader of \(chip.name) refuses the module: "
          + DeviceErrorText.describe(error, symbol: symbol))
    }
  }
}
