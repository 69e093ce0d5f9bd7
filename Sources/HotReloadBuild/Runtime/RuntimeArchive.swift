import HotReloadELF
import HotReloadLoader
import SystemPackage

/// An archive of the runtime, before a firmware is linked with it.
enum RuntimeArchive {
  /// Refuses an archive that the firmware of a chip cannot be linked with: linkers say so in words that name neither
  /// chip nor remedy.
  ///
  /// - Throws: `wrongRuntime`; `fileSystem`; `malformedArchive`; `malformedELF`.
  static func check(_ path: FilePath, for chip: Chip) throws(BuildFailure) {
    let archive = try Archive(try FileContents.read(path), path: path.string)
    for member in archive.members {
      if let difference = try difference(member, chip, path) {
        throw BuildFailure(
          .other, .wrongRuntime,
          "the runtime \(path) is for another chip than \(chip.name): \(difference)",
          hint: "take the archive of \(abi(of: chip)), or make it: "
            + "hotreload compile-runtime --abi \(abi(of: chip)) …")
      }
    }
  }

  /// Why an object file does not fit the chip, nil if it does.
  private static func difference(
    _ member: Archive.Member, _ chip: Chip, _ path: FilePath
  ) throws(BuildFailure) -> String? {
    let header: ELFHeader
    let names: [String]
    do throws(ELFError) {
      let file = try ELFFile(member.bytes.span.raw)
      header = file.header
      names = try file.namedSymbols(.symbolTable).map(\.name)
    } catch {
      throw .malformed("\(path)(\(member.name))", error)
    }
    do throws(LoaderError) { try chip.checkCompatibility(header) } catch {
      return DeviceErrorText.describe(error, symbol: nil)
    }
    guard let core = XtensaCore(chip), !names.contains(core.mark) else { return nil }
    let mark = names.first { $0.hasPrefix(XtensaCore.markPrefix) }
    return mark.map { "compiled for the core \($0.dropFirst(XtensaCore.markPrefix.count))" }
      ?? "it does not say for which core of Xtensa it was compiled"
  }

  /// The ABI, a folder of components/hotreload/lib, of the archive for the chip.
  private static func abi(of chip: Chip) -> RuntimeABI {
    if let core = XtensaCore(chip) { return RuntimeABI(.xtensa(core)) }
    return chip.instructionSet == .riscv(.single) ? RuntimeABI.released[1] : RuntimeABI.released[0]
  }
}
