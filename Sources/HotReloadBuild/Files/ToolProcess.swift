import Subprocess
import SystemPackage

/// Runs compilers and linkers.
enum ToolProcess {
  /// How a tool ended.
  struct Result: Sendable {
    /// Whether it exited with 0.
    var succeeded: Bool
    /// Standard output and standard error in the order of writing; what is no UTF-8 is repaired.
    var output: String
  }

  /// Where PATH has a program; its name if it has none.
  static func path(of name: String) async -> String {
    (try? await Executable.name(name).resolveExecutablePath(in: .inherit))?.string ?? name
  }

  /// More than any compiler says: a runaway tool is stopped there.
  private static let outputLimit = 64 << 20

  /// Runs a tool without standard input until it ends. Cancelling the task ends the tool: politely, then by
  /// force after a second.
  ///
  /// - Parameters:
  ///   - later: more arguments, which the tool reads from its standard input: the first element is all of them. Without one the
  ///     tool finds none.
  ///   - environment: variables that the tool has besides, or other than, ours.
  /// - Throws: `toolMissing` if it cannot be started; `cancelled`.
  static func run(
    _ command: [String], later: AsyncStream<[String]>? = nil, workingDirectory: FilePath? = nil,
    environment: [Environment.Key: String?] = [:]
  ) async throws(BuildFailure) -> Result {
    guard let tool = command.first, !tool.isEmpty else {
      throw BuildFailure(.other, .toolMissing, "a command without a program")
    }
    guard !Task.isCancelled else { throw .cancelled }
    var options = PlatformOptions()
    options.teardownSequence = [.send(signal: .terminate, allowedDurationToNextStep: .seconds(1))]
    let configuration = Configuration(
      executable: tool.utf8.contains(UInt8(ascii: "/")) ? .path(FilePath(tool)) : .name(tool),
      arguments: Arguments(command.dropFirst() + (later == nil ? [] : ["@/dev/stdin"])),
      environment: .inherit.updating(environment),
      workingDirectory: workingDirectory,
      platformOptions: options)
    do {
      let result =
        if let later {
          try await Subprocess.run(
            configuration, input: .inputWriter, output: .bytes(limit: outputLimit),
            error: .combinedWithOutput
          ) { execution in
            for await arguments in later {
              _ = try await execution.standardInputWriter.write(ResponseFile.text(arguments))
              break
            }
            try await execution.standardInputWriter.finish()
          }
        } else {
          try await Subprocess.run(
            configuration, output: .bytes(limit: outputLimit), error: .combinedWithOutput)
        }
      guard !Task.isCancelled else { throw BuildFailure.cancelled }
      return Result(
        succeeded: result.terminationStatus.isSuccess,
        output: String(decoding: result.standardOutput, as: UTF8.self))
    } catch let failure as BuildFailure {
      throw failure
    } catch {
      guard !Task.isCancelled else { throw .cancelled }
      throw BuildFailure(
        .other, .toolMissing, "cannot run \(tool): \(error)",
        hint: "install it, or configure the firmware with CMake again")
    }
  }
}
