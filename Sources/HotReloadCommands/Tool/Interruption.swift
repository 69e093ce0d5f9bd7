@unsafe @preconcurrency import Dispatch  // Sources are safe to share; the overlay does not say so.
import Synchronization

#if canImport(Darwin)
  import Darwin
#elseif canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// Remembers the signal that asked the tool to end.
public final class Interruption: Sendable {
  private let received = Mutex<Int32?>(nil)

  /// None so far.
  public init() {}

  /// `SIGINT` or `SIGTERM`, the first one.
  public var signal: Int32? { received.withLock { $0 } }

  /// Whether this was the first.
  func note(_ signal: Int32) -> Bool {
    received.withLock { received in
      if received != nil { return false }
      received = signal
      return true
    }
  }

  /// Runs `body` in a task that the first signal cancels, so that children are ended and temporary files
  /// removed on the way out. A second one ends the process at once.
  func cancelling<Value: Sendable>(_ body: @escaping @Sendable () async -> Value) async -> Value {
    let task = Task { await body() }
    let sources = [SIGINT, SIGTERM, SIGHUP].compactMap { number -> (any DispatchSourceSignal)? in
      // The default action would end the process before the source is asked; nohup(1) stays in force.
      let wasIgnored = ignore(number)
      guard number != SIGHUP || !wasIgnored else { return nil }
      let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
      source.setEventHandler {
        if self.note(number) {
          task.cancel()
        } else {
          _exit(128 + number)
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
