import Subprocess
import SystemPackage

@testable import HotReloadCommands

/// Programs of this computer. None outlives the call that started it, nor this process.
enum ChildProcess {
  /// How a program ended and what it printed.
  struct Result: Sendable, CustomStringConvertible {
    var command: [String]
    /// As shells say it: 128 and the number for a signal.
    var exitCode: Int32
    var output: String
    var errors: String

    var description: String {
      "\(command.joined(separator: " "))\n\(output)\(errors)exit code \(exitCode)"
    }
  }

  /// A program failed that a test only needs.
  struct Failure: Error, CustomStringConvertible {
    var result: Result
    var description: String { result.description }
  }

  /// More than any program here prints.
  private static let outputLimit = 16 << 20
  /// How long a program may take to clean up.
  private static let patience = Duration.seconds(20)

  /// Runs a program to its end.
  static func run(_ command: [String]) async throws -> Result {
    let result = try await Subprocess.run(
      executable, arguments: arguments(command), environment: environment,
      platformOptions: options, input: .none,
      output: .bytes(limit: outputLimit), error: .bytes(limit: outputLimit))
    return Result(
      command: command, exitCode: exitCode(result.terminationStatus),
      output: String(decoding: result.standardOutput, as: UTF8.self),
      errors: String(decoding: result.standardError, as: UTF8.self))
  }

  /// Runs a program that has to succeed.
  @discardableResult
  static func succeed(_ command: [String]) async throws -> Result {
    let result = try await run(command)
    guard result.exitCode == 0 else { throw Failure(result: result) }
    return result
  }

  /// A program that runs while a test looks at it.
  struct Running: Sendable {
    /// Its process identifier.
    let number: Int32
    let output = Transcript()
    let errors = Transcript()
  }

  /// Runs a program for as long as `body` takes, then interrupts it as Ctrl-C does.
  ///
  /// - Returns: the program's exit code, beside the body's result.
  static func running<Value: Sendable>(
    _ command: [String], body: (Running) async throws -> Value
  ) async throws -> (value: Value, exitCode: Int32) {
    let result = try await Subprocess.run(
      executable, arguments: arguments(command), environment: environment,
      platformOptions: options, input: .none, output: .sequence, error: .sequence
    ) { execution in
      let program = Running(number: execution.processIdentifier.value)
      async let output: Void = copy(execution.standardOutput, to: program.output)
      async let errors: Void = copy(execution.standardError, to: program.errors)
      let outcome: Swift.Result<Value, any Error>
      do { outcome = .success(try await body(program)) } catch { outcome = .failure(error) }
      // It may have ended by itself.
      try? execution.send(signal: .interrupt)
      do {
        // Both streams end when the last process that has them is gone: the tool and QEMU.
        try await program.output.waitForEnd(within: patience)
        try await program.errors.waitForEnd(within: patience)
      } catch {
        try? execution.send(signal: .kill)
        _ = try outcome.get()
        throw error
      }
      _ = try await (output, errors)
      return try outcome.get()
    }
    return (result.closureResult, exitCode(result.terminationStatus))
  }

  private static func copy(
    _ stream: SubprocessOutputSequence, to transcript: Transcript
  ) async throws {
    defer { transcript.end() }
    for try await buffer in stream {
      // Safety: the bytes are copied while the buffer lives.
      transcript.append(unsafe buffer.withUnsafeBytes { unsafe Array($0) })
    }
  }

  // MARK: - Start

  /// Dies with this process where the system can see to that.
  private static let binder = ParentBound.command(["/usr/bin/env"])

  private static var executable: Executable { .path(FilePath(binder[0])) }

  private static func arguments(_ command: [String]) -> Arguments {
    Arguments(Array(binder.dropFirst()) + command)
  }

  /// Without the settings of whoever runs the tests.
  private static let environment = Environment.inherit.updating([
    "HOTRELOAD_URL": nil, "HOTRELOAD_PLAN": nil, "HOTRELOAD_BOARDS": nil,
  ])

  private static var options: PlatformOptions {
    var options = PlatformOptions()
    options.teardownSequence = [.send(signal: .interrupt, allowedDurationToNextStep: patience)]
    return options
  }

  private static func exitCode(_ status: TerminationStatus) -> Int32 {
    switch status {
    case .exited(let code): code
    case .signaled(let signal): 128 + Int32(signal)
    }
  }
}
