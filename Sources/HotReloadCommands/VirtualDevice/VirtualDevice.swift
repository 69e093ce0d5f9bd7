import Subprocess
import SystemPackage

#if canImport(Darwin)
  import Darwin
#elseif canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// A board in an emulator: one process, one flash file, one socket.
struct VirtualDevice: Sendable {
  var board: BoardDescriptor
  /// One of the board's, if it has any.
  var chip: BoardDescriptor.Chip?
  var program: FilePath
  var firmware: FilePath
  var flash: FilePath
  /// The Unix-domain socket that the emulator makes and listens on; `ChannelRelay` passes clients on to it. No
  /// TCP port: between the search for a free one and its use, another process may take it.
  var socket: FilePath
  /// How long the board may take to be ready.
  var readyLimit = Duration.seconds(20)

  /// For messages: what it is.
  var title: String {
    guard let chip, chip.name != board.name else { return board.name }
    return "\(chip.name) (\(board.name))"
  }

  /// How long the emulator may take to end by itself before it is killed.
  private static let patience = Duration.seconds(2)

  /// How the console came to its end.
  private enum Outcome {
    case ended, late, unread
  }

  /// Runs until the emulator ends or the task is cancelled. Nothing is left running, not even if this process is
  /// killed.
  ///
  /// - Parameters:
  ///   - console: takes the console's bytes as they come; returns whether anybody reads them.
  ///   - onReady: called once, when the HTTP server answers as far as the board's description can tell, between
  ///     two lines of the console.
  /// - Returns: the emulator's exit code.
  func run(
    console: @escaping @Sendable ([UInt8]) -> Bool, onReady: @escaping @Sendable () -> Void
  ) async throws(CommandFailure) -> ToolExit {
    let command = ParentBound.command(
      [program.string]
        + board.arguments(chip: chip, firmware: firmware, socket: socket, flash: flash))
    let ending = [TeardownStep.send(signal: .terminate, allowedDurationToNextStep: Self.patience)]
    var options = PlatformOptions()
    options.teardownSequence = ending
    do {
      let result = try await Subprocess.run(
        .path(FilePath(command[0])), arguments: Arguments(Array(command.dropFirst())),
        platformOptions: options, input: .none, output: .sequence, error: .currentStandardError
      ) { execution in
        var scanner = ConsoleScanner(for: board.ready)
        let alarm = Task {
          // Cancelled: it was in time.
          do { try await Task.sleep(for: readyLimit) } catch { return false }
          await execution.teardown(using: ending)
          return true
        }
        defer { alarm.cancel() }
        func ready() {
          alarm.cancel()
          onReady()
        }
        if scanner.isDone { ready() }
        for try await buffer in execution.standardOutput {
          // Safety: the bytes are copied while the buffer lives.
          var bytes = unsafe buffer.withUnsafeBytes { unsafe Array($0) }
          var isRead = true
          if let count = scanner.see(bytes) {
            isRead = console(Array(bytes[..<count]))
            ready()
            bytes.removeFirst(count)
          }
          if !bytes.isEmpty { isRead = console(bytes) && isRead }
          guard isRead else {
            await execution.teardown(using: ending)
            return Outcome.unread
          }
        }
        alarm.cancel()
        return await alarm.value ? Outcome.late : .ended
      }
      // However it ended: it was our doing.
      if Task.isCancelled { throw CommandFailure.cancelled }
      switch result.closureResult {
      case .late:
        throw CommandFailure(
          .failure, "\(title) did not say '\(board.ready ?? "")' within \(readyLimit)",
          hint: "does the firmware start hotreload's server? Its console is above")
      case .unread: return .interrupted(by: SIGPIPE)
      case .ended: break
      }
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
