import Subprocess
import Synchronization
import SystemPackage

/// What swiftc starts to do its work, for those who would start the same again: to find that out takes it a tenth of a second.
final class SwiftFrontends: Sendable {
  private struct Call: Hashable {
    var arguments: [String]
    var directory: FilePath
  }

  private struct Frontend {
    /// Of swiftc when it was asked.
    var compiler: FileStatus?
    /// Of the program that does the work then.
    var program: FileStatus
    var command: [String]
  }

  private let known = Mutex<[Call: Frontend]>([:])

  /// The frontend with its arguments that does what `invocation` of swiftc does; nil if that is not known.
  func command(for invocation: [String], in directory: FilePath) -> [String]? {
    let call = Call(arguments: invocation, directory: directory)
    guard let frontend = known.withLock({ $0[call] }),
      frontend.compiler == Self.status(of: invocation),
      frontend.program == Self.status(of: frontend.command)
    else { return nil }
    return frontend.command
  }

  /// Asks swiftc, unless it has said so already. Best effort: without an answer swiftc does it itself.
  func learn(_ invocation: [String], in directory: FilePath) async {
    guard command(for: invocation, in: directory) == nil else { return }
    do throws(BuildFailure) {
      let temporaries = try SwiftTemporaries(at: directory.appending("swiftc-jobs.temporary"))
      defer { temporaries.remove() }
      let compiler = Self.status(of: invocation)
      let result = try await ToolProcess.run(
        invocation + ["-driver-print-jobs"], workingDirectory: directory,
        environment: temporaries.environment)
      guard result.succeeded, let command = Self.onlyFrontend(in: result.output),
        let program = Self.status(of: command)
      else { return }
      known.withLock {
        $0[Call(arguments: invocation, directory: directory)] =
          Frontend(compiler: compiler, program: program, command: command)
      }
    } catch {
      return
    }
  }

  private static func status(of command: [String]) -> FileStatus? {
    command.first.flatMap { FileStatus(FilePath($0)) }
  }

  /// The command of the one job that `-driver-print-jobs` lists; nil if there are more, or if it takes arguments from, or writes
  /// to, files among the temporary ones, which are gone.
  static func onlyFrontend(in jobs: String) -> [String]? {
    let lines = jobs.split(whereSeparator: \.isNewline)
    guard lines.count == 1, let line = lines.first,
      let words = try? ShellWords.split(String(line)), words.count > 2,
      words[0].hasPrefix("/"), words[1] == "-frontend",
      !words.contains(where: {
        $0.hasPrefix("@") || $0.contains("filelist") || $0.contains("file-map")
          || $0.contains("/TemporaryDirectory.")
      })
    else { return nil }
    return words
  }
}
