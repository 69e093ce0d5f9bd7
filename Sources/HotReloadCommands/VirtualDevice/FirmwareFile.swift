import HotReloadELF
import SystemPackage

/// The firmware of a virtual device.
enum FirmwareFile {
  /// Refuses what the emulator would execute as if it were code.
  ///
  /// - Throws: unless the file is an ELF32 executable for the board's instruction set.
  static func check(_ path: FilePath, for board: BoardDescriptor) throws(CommandFailure) {
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
    let wanted = board.instructionSet
    guard machine == wanted.machine else {
      let other = BoardDescriptor.InstructionSet.allCases.first { $0.machine == machine }
      throw CommandFailure(
        .failure,
        "\(path) is for \(other?.title ?? "machine \(machine.rawValue)"), the board"
          + " '\(board.name)' is \(wanted.title)",
        hint: "name the board that the firmware was built for: --board BOARD")
    }
    guard type == .executable else { throw refuse("it is not an executable") }
  }
}
