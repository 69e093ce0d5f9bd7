import ArgumentParser
import HotReloadBuild
import HotReloadLoader
import SystemPackage

struct InspectCommand: ToolCommand {
  static let configuration = CommandConfiguration(
    commandName: "inspect",
    abstract: "Show what is in a module, and whether a chip would load it.",
    discussion: """
      The verdict is that of the chip's own loader, which is part of this tool. Takes module images, shared \
      objects, and any other ELF file. Exit code 5 if the file would not be loaded.

      EXAMPLES:
        hotreload inspect build/hotreload/reloadable/module.elf
        hotreload inspect module.elf --firmware build/firmware.elf
        hotreload inspect plain.so --chip esp32c6 --json
      """)

  @Argument(help: "The file.")
  var file: String

  @Option(help: "Ask the loader of this chip (default: whatever the file is for).")
  var chip: String?

  @Option(
    help: ArgumentHelp(
      "Compare with this firmware's ELF file, and take the names of the exports from it.",
      valueName: "file"))
  var firmware: String?

  @Flag(help: "Print the result as JSON.")
  var json = false

  func execute(in context: Context) async throws(CommandFailure) -> ToolExit {
    let asked = try chip.map { name throws(CommandFailure) in try ChipName.require(name) }
    let path = context.resolve(file)
    var inspection = try Inspection(InputFile.read(path), path: file, chip: asked)
    if let firmware {
      let bytes = try InputFile.read(context.resolve(firmware))
      let image = try CommandFailure.building { () throws(BuildFailure) in
        try FirmwareImage(bytes, path: firmware)
      }
      try inspection.compare(with: image)
    }
    if json {
      context.terminal.result(try JSONText.encode(inspection))
    } else {
      for line in InspectionText.lines(inspection) { context.terminal.result(line) }
    }
    return inspection.isLoadable ? .success : .unloadable
  }
}
