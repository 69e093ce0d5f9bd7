import ArgumentParser
import HotReloadBuild
import HotReloadLoader
import SystemPackage

/// What build systems put into a firmware that calls modules.
struct GenerateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "generate",
    abstract:
      "For build systems: write one of the files that firmware and modules are linked with.",
    discussion: """
      `hotreload build --prepare` writes all of them from the build plan. Output goes to --output, else to \
      standard output; a file whose content would be the same is not touched.

      EXAMPLES:
        hotreload generate stubs --chip esp32c3 --table hotreload=app_init -o stubs.S
        hotreload generate linker-script --chip esp32c3
        hotreload generate key --output build/hotreload.key
      """,
    subcommands: [
      GenerateStubs.self, GenerateTable.self, GenerateImports.self, GenerateLinkerScript.self,
      GeneratePartition.self, GenerateKey.self,
    ])
}

/// Where generated text goes.
struct GeneratorOutput: ParsableArguments {
  @Option(
    name: .shortAndLong,
    help: ArgumentHelp("The file to write (default: standard output).", valueName: "file"))
  var output: String?

  func write(_ text: String, in context: Context) throws(CommandFailure) {
    guard let output else {
      context.terminal.writeOutput(Array(text.utf8))
      return
    }
    try OutputFile.writeIfChanged(Array(text.utf8), to: context.resolve(output))
  }
}

/// The symbol tables that a firmware has.
struct TableOptions: ParsableArguments {
  @Option(
    name: .customLong("table"),
    help: ArgumentHelp(
      "A module: the label of its partition and the names that it exports. May be repeated.",
      valueName: "label=name,…"))
  var tables: [String]

  func validate() throws {
    for table in tables where Self.parse(table) == nil {
      throw ValidationError("--table takes LABEL=NAME,…, not '\(table)'.")
    }
  }

  var exportTables: [ExportTable] { tables.compactMap(Self.parse) }

  private static func parse(_ text: String) -> ExportTable? {
    guard let sign = text.firstIndex(of: "="), sign != text.startIndex else { return nil }
    let names = text[text.index(after: sign)...]
      .split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    guard names.allSatisfy({ !$0.isEmpty }), Set(names).count == names.count else { return nil }
    return ExportTable(label: String(text[..<sign]), names: names)
  }
}
