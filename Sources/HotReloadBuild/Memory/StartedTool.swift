import SystemPackage

#if canImport(Darwin)
  import Darwin
#elseif canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// A compiler or linker that was started before there was work for it, and waits for its arguments.
///
/// LLVM's programs are large: to be loaded takes them as long as to compile a small file. They take arguments from a file, which
/// may be standard input; until then nothing is settled but the program and the folder that it runs in. One that is not needed
/// any more, or whose parent is gone, finds its input at an end and exits.
final class StartedTool: Sendable {
  private let task: Task<Result<ToolProcess.Result, BuildFailure>, Never>
  private let arguments: AsyncStream<[String]>.Continuation
  private let program: FilePath
  /// Of the program when it was started.
  private let status: FileStatus?

  /// Whether a program that is started like this can wait: LLVM's and Swift's can; GCC and GNU ld want to know how long the file
  /// of arguments is. lld reads it twice, once to look for `-m`, unless it has seen that; swiftc hands it on to other programs.
  static func canWait(_ command: [String]) -> Bool {
    guard let program = command.first, program.hasPrefix("/"),
      let name = FilePath(program).lastComponent?.string
    else { return false }
    if name.hasPrefix("llc") || name.hasPrefix("llvm-mc") { return true }
    return name.contains("clang") || name.contains("lld") && command.contains("-m")
      || name.contains("swift") && command.contains("-frontend")
  }

  /// - Parameter command: the program, and its first arguments.
  init(_ command: [String], in directory: FilePath?) {
    program = FilePath(command.first ?? "")
    status = FileStatus(self.program)
    // To write to one that is gone is an error, not the end of us. Children have their own signals.
    signal(SIGPIPE, SIG_IGN)
    let (stream, continuation) = AsyncStream.makeStream(of: [String].self)
    arguments = continuation
    task = Task {
      do throws(BuildFailure) {
        return .success(
          try await ToolProcess.run(command, later: stream, workingDirectory: directory))
      } catch {
        return .failure(error)
      }
    }
  }

  deinit { task.cancel() }

  /// Whether it is the program that would be started now.
  var isCurrent: Bool { FileStatus(program) == status }

  /// Gives it the rest of its arguments and waits until it ends; once.
  ///
  /// - Returns: nil if it did not wait any more, or failed without a word as nothing does that works: nothing was done.
  /// - Throws: as `ToolProcess.run`.
  func run(_ arguments: [String]) async throws(BuildFailure) -> ToolProcess.Result? {
    self.arguments.yield(arguments)
    self.arguments.finish()
    let result = await withTaskCancellationHandler {
      await task.value
    } onCancel: {
      task.cancel()
    }
    // It took no arguments, or was never there.
    if case .failure(let failure) = result, failure.code == .toolMissing { return nil }
    let ended = try result.get()
    return ended.succeeded || !ended.output.isEmpty ? ended : nil
  }
}
