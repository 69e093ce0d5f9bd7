import Synchronization

/// What a program prints, line by line, as it comes. Every line is waited for at most once: a wait begins behind
/// the line that the last one found.
final class Transcript: Sendable {
  private struct State {
    var bytes: [UInt8] = []
    /// Behind the line that was found last.
    var position = 0
    /// Whether the line at `position` had begun before `skip()`.
    var isInsideLine = false
    var isEnded = false
    var waiting: [Int: AsyncStream<Void>.Continuation] = [:]
    var nextWaiter = 0
  }

  private let state = Mutex(State())

  /// Everything so far.
  var text: String { state.withLock { String(decoding: $0.bytes, as: UTF8.self) } }

  func append(_ bytes: [UInt8]) {
    state.withLock {
      $0.bytes += bytes
      for waiter in $0.waiting.values { waiter.yield() }
    }
  }

  /// Nothing will come any more.
  func end() {
    state.withLock {
      $0.isEnded = true
      for waiter in $0.waiting.values { waiter.yield() }
    }
  }

  /// The next complete line that contains `text`.
  ///
  /// - Throws: `Missing`, with everything so far, at the end of the program or after `patience`.
  @discardableResult
  func line(
    containing text: String, within patience: Duration = .seconds(30)
  ) async throws -> String {
    try await wait(for: "a line with '\(text)'", within: patience) { state in
      while let end = state.bytes[state.position...].firstIndex(of: UInt8(ascii: "\n")) {
        let line = String(decoding: state.bytes[state.position..<end], as: UTF8.self)
        state.position = end + 1
        defer { state.isInsideLine = false }
        if !state.isInsideLine && line.contains(text) { return line }
      }
      return nil
    }
  }

  /// Passes over what was printed so far, the line included that has only begun: the next wait is for something
  /// newer.
  func skip() {
    state.withLock {
      $0.position = $0.bytes.count
      $0.isInsideLine = $0.bytes.last.map { $0 != UInt8(ascii: "\n") } ?? false
    }
  }

  /// Waits until the program has closed the stream.
  func waitForEnd(within patience: Duration) async throws {
    try await wait(for: "the end", within: patience) { $0.isEnded ? () : nil }
  }

  /// A wait that was in vain.
  struct Missing: Error, CustomStringConvertible {
    var wanted: String
    var transcript: String

    var description: String { "\(wanted) did not come; so far:\n\(transcript)" }
  }

  private func wait<Value: Sendable>(
    for wanted: String, within patience: Duration,
    _ look: @escaping @Sendable (inout State) -> Value?
  ) async throws -> Value {
    let (changes, waiter) = AsyncStream.makeStream(
      of: Void.self, bufferingPolicy: .bufferingNewest(1))
    let number = state.withLock {
      $0.nextWaiter += 1
      $0.waiting[$0.nextWaiter] = waiter
      return $0.nextWaiter
    }
    defer { state.withLock { _ = $0.waiting.removeValue(forKey: number) } }
    waiter.yield()
    let value = try await withThrowingTaskGroup(of: Value?.self) { group in
      defer { group.cancelAll() }
      group.addTask { [self] in
        for await _ in changes {
          let (value, isEnded) = state.withLock { (look(&$0), $0.isEnded) }
          if value != nil || isEnded { return value }
        }
        return nil
      }
      group.addTask {
        try await Task.sleep(for: patience)
        return nil
      }
      return try await group.next() ?? nil
    }
    guard let value else { throw Missing(wanted: wanted, transcript: text) }
    return value
  }
}
