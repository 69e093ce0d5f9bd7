import Synchronization
import SystemPackage

/// Tools that wait for work, one of each kind.
final class StartedTools: Sendable {
  private struct Kind: Hashable {
    var program: String
    var directory: FilePath?
  }

  private let waiting = Mutex<[Kind: StartedTool]>([:])

  /// Starts a tool that will be needed, unless one waits already or it is none that can wait.
  func start(_ program: String, in directory: FilePath? = nil) {
    guard StartedTool.canWait(program) else { return }
    waiting.withLock { waiting in
      let kind = Kind(program: program, directory: directory)
      if waiting[kind]?.isUsable != true { waiting[kind] = StartedTool(program, in: directory) }
    }
  }

  /// As `ToolProcess.run`, by a tool that waits if there is one.
  func run(
    _ command: [String], workingDirectory: FilePath? = nil
  ) async throws(BuildFailure) -> ToolProcess.Result {
    let tool = waiting.withLock { waiting in
      waiting.removeValue(forKey: Kind(program: command.first ?? "", directory: workingDirectory))
    }
    guard let tool, tool.isUsable else {
      return try await ToolProcess.run(command, workingDirectory: workingDirectory)
    }
    return try await tool.run(Array(command.dropFirst()))
  }
}
