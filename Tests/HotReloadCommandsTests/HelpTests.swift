import ArgumentParser
import SystemPackage
import Testing

@testable import HotReloadCommands

/// The help of every command, word by word. After a deliberate change: `HOTRELOAD_RECORD=1 swift test
/// --filter HelpTests`, then look at the difference.
@Suite struct HelpTests {
  @Test(arguments: [
    "", "build", "reload", "watch", "status", "inspect", "run", "doctor", "rotate-key", "generate",
    "pack", "compile-runtime",
  ])
  func isTheGoldenText(command: String) throws {
    let type = HotReloadTool.commands.first { $0._commandName == command } ?? HotReloadTool.self
    #expect(command.isEmpty == (type == HotReloadTool.self))
    let text = HotReloadTool.helpMessage(for: type, columns: 80) + "\n"
    let folder = FilePath("\(#filePath)").removingLastComponent().removingLastComponent()
      .pushing("Fixtures/CommandHelp")
    let path = folder.appending("help\(command.isEmpty ? "" : "-")\(command).txt")
    if Context.live().environment["HOTRELOAD_RECORD"] == "1" {
      try OutputFile.write(Array(text.utf8), to: path)
    }
    #expect(text == String(decoding: try InputFile.read(path), as: UTF8.self))
  }
}
