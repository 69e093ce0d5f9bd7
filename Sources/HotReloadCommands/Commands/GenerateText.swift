import ArgumentParser
import HotReloadBuild
import HotReloadLoader

struct GenerateStubs: ToolCommand {
  static let configuration = CommandConfiguration(
    commandName: "stubs",
    abstract: "Functions of the firmware that jump to those of the modules (assembly).")

  @Option(help: "The chip.")
  var chip: String

  @OptionGroup var tables: TableOptions
  @OptionGroup var output: GeneratorOutput

  func execute(in context: Context) async throws(CommandFailure) -> ToolExit {
    let chip = try ChipName.require(chip)
    let text = try CommandFailure.building { () throws(BuildFailure) in
      try StubsGenerator.text(tables.exportTables, for: chip.instructionSet)
    }
    try output.write(text, in: context)
    return .success
  }
}

struct GenerateTable: ToolCommand {
  static let configuration = CommandConfiguration(
    commandName: "table",
    abstract: "The symbol tables that the stubs jump through (C).")

  @Option(help: "The chip.")
  var chip: String

  @OptionGroup var tables: TableOptions
  @OptionGroup var output: GeneratorOutput

  func execute(in context: Context) async throws(CommandFailure) -> ToolExit {
    let chip = try ChipName.require(chip)
    let text = try CommandFailure.building { () throws(BuildFailure) in
      try TableGenerator.text(tables.exportTables, for: chip.instructionSet)
    }
    try output.write(text, in: context)
    return .success
  }
}

struct GenerateImports: ToolCommand {
  static let configuration = CommandConfiguration(
    commandName: "imports",
    abstract: "What the firmware has to keep for the modules (linker script).")

  @Argument(help: "Symbols that modules need from the firmware.")
  var names: [String]

  @OptionGroup var output: GeneratorOutput

  func execute(in context: Context) async throws(CommandFailure) -> ToolExit {
    let interface = ModuleInterface(
      imports: names.map { ModuleInterface.Import(name: $0, isWeak: false, neededBy: "") })
    let text = try CommandFailure.building { () throws(BuildFailure) in
      try ImportsGenerator.text([interface])
    }
    try output.write(text, in: context)
    return .success
  }
}
