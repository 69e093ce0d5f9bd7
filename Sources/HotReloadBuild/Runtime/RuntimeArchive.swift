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
      let header: ELFHeader
      do throws(ELFError) { header = try ELFFile(member.bytes.span.raw).header } catch {
        throw .malformed("\(path)(\(member.name))", error)
      }
      do throws(LoaderError) { try chip.checkCompatibility(header) } catch {
        throw BuildFailure(
          .other, .wrongRuntime,
          "the runtime \(path) is for another chip than \(chip.name): "
            + DeviceErrorText.describe(error, symbol: nil),
          hint: "take the archive of \(folder(for: chip)), or make it: "
            + "hotreload compile-runtime --abi \(folder(for: chip)) …")
      }
    }
  }

  /// The folder of components/hotreload/lib with the archive for the chip.
  private static func folder(for chip: Chip) -> String {
    switch chip.instructionSet {
    case .riscv(.soft): "\(RuntimeABI.released[0])"
    case .riscv(.single): "\(RuntimeABI.released[1])"
    case .xtensa: "xtensa-\(chip.id < 0xFF00 ? chip.name : "dc233c")"
    }
  }
}
