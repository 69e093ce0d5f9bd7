import Synchronization
import SystemPackage

/// A compiler or linker that was started before there was work for it, and waits for its arguments.
///
/// LLVM's programs are large: to be loaded takes them as long as to compile a small file. They take arguments from a file, which
/// may be standard input; until then nothing is settled but the program and the folder that it runs in. One that is not needed
/// any more, or whose parent is gone, finds its input at an end and exits.
final class StartedTool: Sendable {
  private let task: Task<Result<ToolProcess.Result, BuildFailure>, Never>
  private let arguments: AsyncStream<[String]>.Continuation
  private let hasEnded = Mutex(false)
  private let program: FilePath
  /// Of the program when it was started.
  private let status: FileStatus?

  /// Whether a program can wait: LLVM's can; GCC and GNU ld want to know how long the file of arguments is.
  static func canWait(_ program: String) -> Bool {
    guard program.hasPrefix("/"), let name = FilePath(program).lastComponent?.string else {
      return false
    }
    return name.contains("clang") || name.contains("lld")
  }

  init(_ program: String, in directory: FilePath?) {
    self.program = FilePath(program)
    status = FileStatus(self.program)
    let (stream, continuation) = AsyncStream.makeStream(of: [String].self)
    arguments = continuation
    task = Task {
      do throws(BuildFailure) {
        return .success(
          try await ToolProcess.run([program], later: stream, workingDirectory: directory))
      } catch {
        return .failure(error)
      }
    }
    Task { [weak self, task] in
      _ = await task.value
      self?.hasEnded.withLock { $0 = true }
    }
  }

  deinit { task.cancel() }

  /// Whether it still waits, and is the program that would be started now.
  var isUsable: Bool { !hasEnded.withLock { $0 } && FileStatus(program) == status }

  /// Gives it its arguments and waits until it ends; once.
  ///
  /// - Throws: as `ToolProcess.run`.
  func run(_ arguments: [String]) async throws(BuildFailure) -> ToolProcess.Result {
    self.arguments.yield(arguments)
    self.arguments.finish()
    return try await withTaskCancellationHandler {
      await task.value
    } onCancel: {
      task.cancel()
    }.get()
  }
}
