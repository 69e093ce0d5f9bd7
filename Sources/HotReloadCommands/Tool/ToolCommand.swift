import ArgumentParser

/// A command that gets the world handed to it.
protocol ToolCommand: AsyncParsableCommand {
  /// Whether results are for programs: then failures go to standard output as well (`FailureReport`).
  var json: Bool { get }

  /// Does the work. What goes wrong is thrown, never printed.
  func execute(in context: Context) async throws(CommandFailure) -> ToolExit
}

extension ToolCommand {
  var json: Bool { false }

  /// ArgumentParser's own way in; `HotReloadTool` takes the other one.
  public mutating func run() async throws {
    let exit = await HotReloadTool.execute(self, in: .live())
    throw ExitCode(exit.rawValue)
  }
}
