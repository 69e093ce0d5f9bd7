import ArgumentParser
import HotReloadBuild
import HotReloadLoader
import SystemPackage

struct GenerateLinkerScript: ToolCommand {
  static let configuration = CommandConfiguration(
    commandName: "linker-script",
    abstract: "Places a module as the chip has it.")

  @Option(help: "The chip.")
  var chip: String

  @OptionGroup var output: GeneratorOutput

  func execute(in context: Context) async throws(CommandFailure) -> ToolExit {
    let chip = try ChipName.require(chip)
    try output.write(LinkerScriptGenerator.text(for: chip), in: context)
    return .success
  }
}

struct GeneratePartition: ToolCommand {
  static let configuration = CommandConfiguration(
    commandName: "partition",
    abstract: "A freshly flashed partition that holds a module image (binary).")

  @Argument(help: "The module image.")
  var image: String

  @Option(help: "Label of the partition.")
  var label = "hotreload"

  @Option(help: "Bytes of the partition.")
  var size: UInt32

  @Option(help: "Bytes of one erase unit.")
  var eraseSize: UInt32

  @Option(name: .shortAndLong, help: ArgumentHelp("The file to write.", valueName: "file"))
  var output: String

  func execute(in context: Context) async throws(CommandFailure) -> ToolExit {
    let image = try InputFile.read(context.resolve(image))
    let bytes = try CommandFailure.building { () throws(BuildFailure) in
      try PartitionImage.bytes(
        image: image, partition: .init(label: label, size: size, eraseSize: eraseSize))
    }
    try OutputFile.writeIfChanged(bytes, to: context.resolve(output))
    return .success
  }
}

struct GenerateKey: ToolCommand {
  static let configuration = CommandConfiguration(
    commandName: "key",
    abstract: "A new 32-byte upload key that only its owner reads; an existing one stays.")

  @Option(name: .shortAndLong, help: ArgumentHelp("The file to write.", valueName: "file"))
  var output: String

  func execute(in context: Context) async throws(CommandFailure) -> ToolExit {
    let path = context.resolve(output)
    _ = try CommandFailure.building { () throws(BuildFailure) in
      try KeyFile.readOrCreate(path)
    }
    return .success
  }
}
