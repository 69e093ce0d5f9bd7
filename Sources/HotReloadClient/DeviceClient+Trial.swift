/// How the trial of a module went (docs/TRIAL.md).
public enum TrialOutcome: Equatable, Sendable {
  /// The device trusts it, or never doubted it.
  case confirmed
  /// The device has gone back to the one before it, or to none.
  case rolledBack(DeviceStatus.Failure, DeviceStatus)
  /// Another module runs in its place.
  case replaced
  /// It was still on trial when the time was up.
  case undecided
}

extension DeviceClient {
  /// Waits until the device says what it thinks of the module `id`, which it has begun to run.
  ///
  /// Asks again and again as `waitForModule` does, later once a second, and leaves the device to others in between.
  ///
  /// - Parameters:
  ///   - partition: where the module was stored.
  ///   - timeout: for a device that answers. One that hangs does not, and is given 20 s more to start anew.
  /// - Throws: `.unreachable` when the device does not answer at the end of the time.
  public func waitForVerdict(
    id: String, partition: String, timeout: Duration
  ) async throws(ClientError) -> TrialOutcome {
    let clock = ContinuousClock()
    let start = clock.now
    while true {
      do {
        if let outcome = Self.verdict(try await promptStatus(), id: id, partition: partition) {
          return outcome
        }
        if clock.now - start >= timeout { return .undecided }
      } catch .unreachable(let url, let reason) {
        let limit = timeout + Self.patience(for: reason)
        if clock.now - start >= limit { throw .unreachable(url, reason: reason) }
      }
      let waited = clock.now - start
      if waited >= .seconds(1) { await close() }
      do {
        try await Task.sleep(
          for: min(max(waited / 10, .milliseconds(10)), .seconds(1)), clock: clock)
      } catch {
        throw .cancelled
      }
    }
  }

  /// What one status says about the trial; nil: not over yet.
  static func verdict(
    _ status: DeviceStatus, id: String, partition: String
  ) -> TrialOutcome? {
    if let failure = status.lastError, failure.module == id,
      failure.error == DeviceStatus.Failure.rolledBack
    {
      return .rolledBack(failure, status)
    }
    // One that has just started may not have loaded anything yet.
    guard let module = status.module(in: partition), module.loaded else { return nil }
    guard module.id == id else {
      // A module that was in RAM only is nowhere any more: nothing but the crash is left of it.
      guard let failure = status.lastError,
        failure.error == DeviceStatus.Failure.crashed
          || failure.error == DeviceStatus.Failure.rolledBack && failure.module.isEmpty
      else { return .replaced }
      return .rolledBack(failure, status)
    }
    return module.isOnTrial ? nil : .confirmed
  }
}
