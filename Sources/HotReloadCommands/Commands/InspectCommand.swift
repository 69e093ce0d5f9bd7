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
      objects, firmware, and any other ELF file. Names come from the linked module beside an image (module.so) \
      or from the firmware; both are found in the build folder. docs/INSPECT.md describes the JSON form.

      Exit code 5 if a chip that was named refuses the file; with no chip, or with all, if every chip does. Also \
      if it is bound to another firmware than --firmware.

      EXAMPLES:
        hotreload inspect build/hotreload/reloadable/module.elf
        hotreload inspect module.elf --firmware build/firmware.elf
        hotreload inspect plain.so --chip esp32c6 --chip esp32h2
        hotreload inspect plain.so --chip all --json
      """)

  @Argument(help: "The file.")
  var file: String

  @Option(
    help: ArgumentHelp(
      "Ask the loader of this chip; may be repeated, or be 'all' (default: the chips that the file is for).",
      valueName: "chip"))
  var chip: [String] = []

  @Option(
    help: ArgumentHelp(
      "Compare with this firmware's ELF file (default: that of the build folder that the file lies in).",
      valueName: "file"))
  var firmware: String?

  @Flag(help: "Print the result as JSON.")
  var json = false

  func execute(in context: Context) async throws(CommandFailure) -> ToolExit {
    let chips = try ChipSelection(chip)
    let path = context.resolve(file)
    let bytes = try InputFile.read(path)
    var inspection = try Inspection(bytes, path: file, chips: chips)
    if let firmware {
      let bytes = try InputFile.read(context.resolve(firmware))
      let image = try CommandFailure.building { () throws(BuildFailure) in
        try FirmwareImage(bytes, path: firmware, identity: nil)
      }
      try inspection.compare(with: image, path: firmware)
      if inspection.firmware?.isBoundTo == false { inspection.isLoadable = false }
    }
    try inspection.complete(bytes, at: path) { context.terminal.note("note: \($0)") }
    if json {
      context.terminal.result(try JSONText.encode(inspection))
    } else {
      let text = InspectionText(inspection, width: context.terminal.width)
      for line in text.lines { context.terminal.result(line) }
    }
    return inspection.isLoadable ? .success : .unloadable
  }
}
