import Subprocess
import SystemPackage

/// A board in an emulator: one process, one flash file, one port.
struct VirtualDevice: Sendable {
  var board: BoardDescriptor
  var program: FilePath
  var firmware: FilePath
  var flash: FilePath
  var port: Int

  /// How long the emulator may take to end by itself before it is killed.
  private static let patience = Duration.seconds(2)

  /// Runs until the emulator ends or the task is cancelled. Nothing is left running, not even if this process is
  /// killed.
  ///
  /// - Parameters:
  ///   - console: takes the console's bytes as they come.
  ///   - onReady: called once, when the HTTP server answers as far as the board's description can tell.
  /// - Returns: the emulator's exit code.
  func run(
    console: @escaping @Sendable ([UInt8]) -> Void, onReady: @escaping @Sendable () -> Void
  ) async throws(CommandFailure) -> ToolExit {
    let command = ParentBound.command(
      [program.string] + board.arguments(firmware: firmware, port: port, flash: flash))
    var options = PlatformOptions()
    options.teardownSequence = [
      .send(signal: .terminate, allowedDurationToNextStep: Self.patience)
    ]
    do {
      let result = try await Subprocess.run(
        .path(FilePath(command[0])), arguments: Arguments(Array(command.dropFirst())),
        platformOptions: options, input: .none, output: .sequence, error: .currentStandardError
      ) { execution in
        var scanner = ConsoleScanner(for: board.ready)
        if scanner.isDone { onReady() }
        for try await buffer in execution.standardOutput {
          // Safety: the bytes are copied while the buffer lives.
          let bytes = unsafe buffer.withUnsafeBytes { unsafe Array($0) }
          console(bytes)
          if scanner.see(bytes) { onReady() }
        }
      }
      // However it ended: it was our doing.
      if Task.isCancelled { throw CommandFailure.cancelled }
      switch result.terminationStatus {
      case .exited(let code): return ToolExit(rawValue: code)
      case .signaled(let signal): return .interrupted(by: Int32(signal))
      }
    } catch let failure as CommandFailure {
      throw failure
    } catch {
      if Task.isCancelled { throw .cancelled }
      throw CommandFailure(.failure, "\(program) does not run: \(error)")
    }
  }
}
