@unsafe @preconcurrency import Dispatch  // Sources are safe to share; the overlay does not say so.
import Synchronization
import SystemPackage

#if canImport(Darwin)
  import Darwin
#elseif canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// Remembers what asked the tool to end: a signal, a standard output that cannot be written, or an input that
/// ended.
public final class Interruption: Sendable {
  /// What a signal does.
  enum Reaction: Equatable {
    case cancel
    /// People press Ctrl-C twice, and terminals signal whole groups: cleaning up gets its time.
    case ignore
    case exit
  }

  private struct State {
    var signal: Int32?
    var noted: ContinuousClock.Instant?
    var outputError: Errno?
    var hasInputEnded = false
    var cancel: (@Sendable () -> Void)?
  }

  /// How long after the first signal others are ignored.
  private static let patience = Duration.seconds(1)

  private let state = Mutex(State())

  /// None so far.
  public init() {}

  /// `SIGINT` or `SIGTERM`, the first one.
  public var signal: Int32? { state.withLock { $0.signal } }

  /// Why standard output could not be written, the first time.
  var outputError: Errno? { state.withLock { $0.outputError } }

  /// Whether an input that was to keep the command running ended.
  var hasInputEnded: Bool { state.withLock { $0.hasInputEnded } }

  /// What to do about a signal that came at `now`.
  func note(_ signal: Int32, at now: ContinuousClock.Instant = .now) -> Reaction {
    state.withLock { state in
      guard let first = state.noted else {
        state.signal = signal
        state.noted = now
        return .cancel
      }
      return now - first < Self.patience ? .ignore : .exit
    }
  }

  /// Writes everything, or ends the command.
  func write(_ bytes: [UInt8], to file: FileDescriptor) {
    do { _ = try file.writeAll(bytes) } catch {
      let cancel = state.withLock { state in
        // Whatever writeAll throws is one.
        if state.outputError == nil { state.outputError = error as? Errno ?? .ioError }
        return state.cancel
      }
      cancel?()
    }
  }

  /// Ends the command when `input` ends: whoever holds its other end is gone then, in whatever way.
  func cancelAtEnd(of input: FileDescriptor) {
    // A thread that waits: a source of Dispatch does not tell of the end of every pipe.
    DispatchQueue(label: "hotreload.input").async { [self] in
      while input.hasMore() {}
      let cancel = state.withLock { state in
        state.hasInputEnded = true
        return state.cancel
      }
      cancel?()
    }
  }

  /// Runs `body` in a task that the first signal cancels, so that children are ended and temporary files
  /// removed on the way out. Another one, a second or more later, ends the process at once.
  func cancelling<Value: Sendable>(_ body: @escaping @Sendable () async -> Value) async -> Value {
    let task = Task { await body() }
    let hasFailed = state.withLock { state in
      state.cancel = { task.cancel() }
      return state.outputError != nil
    }
    if hasFailed { task.cancel() }
    // A file beyond the shell's limit is an error of write(2) then, and not the end without a word.
    _ = ignore(SIGXFSZ)
    let sources = [SIGINT, SIGTERM, SIGHUP].compactMap { number -> (any DispatchSourceSignal)? in
      // The default action would end the process before the source is asked; nohup(1) stays in force.
      let wasIgnored = ignore(number)
      guard number != SIGHUP || !wasIgnored else { return nil }
      let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
      source.setEventHandler {
        switch self.note(number) {
        case .cancel: task.cancel()
        case .ignore: break
        case .exit: _exit(128 + number)
        }
      }
      source.activate()
      return source
    }
    let value = await task.value
    for source in sources { source.cancel() }
    return value
  }
}

/// Whether the signal was ignored before.
private func ignore(_ number: Int32) -> Bool {
  // Safety: SIG_IGN is a constant that stands for no function, here as before; it is compared, not called.
  unsafe unsafeBitCast(signal(number, SIG_IGN), to: Int.self)
    == unsafeBitCast(SIG_IGN, to: Int.self)
}

extension FileDescriptor {
  /// Takes some of what there is to read, and says whether there was any. Blocks if there is nothing yet.
  fileprivate func hasMore() -> Bool {
    // Safety: read(2) writes into the buffer, within its bounds; nobody looks at it.
    unsafe withUnsafeTemporaryAllocation(byteCount: 256, alignment: 1) { buffer in
      guard let count = try? unsafe read(into: buffer) else { return false }
      return count > 0
    }
  }
}
