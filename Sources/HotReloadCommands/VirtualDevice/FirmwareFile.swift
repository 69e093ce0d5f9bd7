import HotReloadELF
import SystemPackage

/// The firmware of a virtual device.
enum FirmwareFile {
  /// Refuses what the emulator would execute as if it were code.
  ///
  /// - Throws: unless the file is an ELF32 executable for RISC-V.
  static func check(_ path: FilePath) throws(CommandFailure) {
    let bytes = try InputFile.read(path)
    func refuse(_ problem: String) -> CommandFailure {
      CommandFailure(
        .failure, "\(path) is no firmware: \(problem)",
        hint: "name the ELF file that the linker made, as in build/basic.elf")
    }
    let type: ObjectType
    let machine: Machine
    do throws(ELFError) {
      let header = try ELFFile(bytes.view).header
      type = header.type
      machine = header.machine
    } catch {
      throw refuse("it is not a complete 32-bit little-endian ELF file")
    }
    guard machine == .riscv else {
      throw refuse("it is for another machine than RISC-V (\(machine.rawValue))")
    }
    guard type == .executable else { throw refuse("it is not an executable") }
  }
}
