import Synchronization
import SystemPackage

/// Tools that wait for work, one of each kind.
final class StartedTools: Sendable {
  private struct Kind: Hashable {
    /// The program, and its first arguments.
    var command: [String]
    var directory: FilePath?
  }

  private let waiting = Mutex<[Kind: StartedTool]>([:])

  /// Starts a tool that will be needed, unless one waits already or it is none that can wait.
  ///
  /// - Parameter command: the program, and the first arguments of every call of it.
  func start(_ command: [String], in directory: FilePath? = nil) {
    guard StartedTool.canWait(command) else { return }
    waiting.withLock { waiting in
      let kind = Kind(command: command, directory: directory)
      if waiting[kind]?.isCurrent != true { waiting[kind] = StartedTool(command, in: directory) }
    }
  }

  /// As `ToolProcess.run`, by a tool that waits if there is one.
  func run(
    _ command: [String], workingDirectory: FilePath? = nil
  ) async throws(BuildFailure) -> ToolProcess.Result {
    let found = waiting.withLock { waiting -> (StartedTool, Int)? in
      // In a file of arguments LLVM's programs pass over empty ones.
      guard !command.contains(""),
        let kind = waiting.keys.first(where: {
          $0.directory == workingDirectory && command.starts(with: $0.command)
        })
      else { return nil }
      return waiting.removeValue(forKey: kind).map { ($0, kind.command.count) }
    }
    if let (tool, count) = found, tool.isCurrent,
      let result = try await tool.run(Array(command.dropFirst(count)))
    {
      return result
    }
    return try await ToolProcess.run(command, workingDirectory: workingDirectory)
  }
}
