import ArgumentParser
import HotReloadBuild
import HotReloadLoader
import SystemPackage

struct PackCommand: ToolCommand {
  static let configuration = CommandConfiguration(
    commandName: "pack",
    abstract: "For build systems: make a module image out of a linked module.",
    discussion: """
      Binds the module's imports to the firmware's addresses and writes what the device loads. The shared \
      object must have been linked with the chip's linker script (`hotreload generate linker-script`). \
      `hotreload build` does all of that from the build plan.

      EXAMPLES:
        hotreload pack module.so --firmware firmware.elf --chip esp32c3 --output module.elf
      """)

  @Argument(help: "The linked module.")
  var sharedObject: String

  @Option(help: ArgumentHelp("The firmware's ELF file.", valueName: "file"))
  var firmware: String

  @Option(
    help: ArgumentHelp(
      "What tells the firmware from others: build-id, or elf-sha256 as with ESP-IDF.",
      valueName: "kind"))
  var identity = FirmwareIdentity.buildID

  @Option(help: "The chip.")
  var chip: String

  @Option(name: .shortAndLong, help: ArgumentHelp("The image to write.", valueName: "file"))
  var output: String

  @Option(help: "Milliseconds since 1970 (default: now).")
  var sequence: UInt64?

  func execute(in context: Context) async throws(CommandFailure) -> ToolExit {
    let chip = try ChipName.require(chip)
    let module = try InputFile.read(context.resolve(sharedObject))
    let firmwareBytes = try InputFile.read(context.resolve(firmware))
    let packed = try CommandFailure.building { () throws(BuildFailure) in
      let image = try FirmwareImage(firmwareBytes, path: firmware, identity: identity)
      return try Packer(chip: chip, firmware: image).pack(module, path: sharedObject)
    }
    let image = packed.bytes(sequence: sequence ?? WallClock.milliseconds)
    try OutputFile.write(image, to: context.resolve(output))
    for warning in packed.warnings { context.terminal.verbatim(warning) }
    context.terminal.result("\(HexText.encode(packed.id)) \(image.count) bytes \(output)")
    return .success
  }
}

extension FirmwareIdentity: ExpressibleByArgument {}
