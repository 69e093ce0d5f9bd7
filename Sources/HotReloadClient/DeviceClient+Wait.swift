/// How a reload ended.
public enum ReloadOutcome: Equatable, Sendable {
  /// The module runs.
  case switched(DeviceStatus)
  /// The device could not load it; what ran before still runs.
  case refused(DeviceStatus.Failure, DeviceStatus)
  /// The device has reloaded, but not to this module: another one failed that it was to be switched with.
  case leftOut(DeviceStatus)
  /// The device started anew while it should have switched.
  case restarted(DeviceStatus)
  /// The application did not reload in time.
  case timedOut(DeviceStatus)
}

extension DeviceClient {
  /// Waits until the device runs the module `id`, or says that it will not.
  ///
  /// Devices send no events, so this asks again and again: after 10 ms at first, later after a tenth of the
  /// time waited so far, 100 ms at most.
  ///
  /// - Parameters:
  ///   - before: the status before the upload: tells an old failure of the same module, and a restart, from
  ///     news.
  ///   - partition: where the module was stored.
  /// - Throws: `.unreachable` when the device does not answer at the end of the time; sooner lost
  ///   connections are borne.
  public func waitForModule(
    id: String, partition: String, before: DeviceStatus, timeout: Duration
  ) async throws(ClientError) -> ReloadOutcome {
    let clock = ContinuousClock()
    let start = clock.now
    while true {
      do {
        let status = try await promptStatus()
        if let outcome = Self.outcome(of: status, id: id, partition: partition, before: before) {
          return outcome
        }
        if clock.now - start >= timeout { return .timedOut(status) }
      } catch .unreachable(let url, let reason) {
        let limit = timeout + Self.patience(for: reason)
        if clock.now - start >= limit { throw .unreachable(url, reason: reason) }
      }
      let pause = min(max((clock.now - start) / 10, .milliseconds(10)), .milliseconds(100))
      do {
        try await Task.sleep(for: pause, clock: clock)
      } catch {
        throw .cancelled
      }
    }
  }

  /// What a device that hangs is given to start anew (docs/TRIAL.md); nothing where nobody is there.
  static func patience(for reason: String) -> Duration {
    reason == Self.silence ? .seconds(20) : .zero
  }

  private static let silence = "no reply within 2 s"

  /// What the device says about itself, within 2 s: one that crashes never answers what it was asked before.
  func promptStatus() async throws(ClientError) -> DeviceStatus {
    let asking = Task { () async throws -> DeviceStatus in try await self.status() }
    let limit = Task {
      try await Task.sleep(for: .seconds(2))
      asking.cancel()
    }
    defer { limit.cancel() }
    let result = await withTaskCancellationHandler {
      await asking.result
    } onCancel: {
      asking.cancel()
    }
    switch result {
    case .success(let status): return status
    case .failure(let error):
      guard let error = error as? ClientError, error != .cancelled else {
        if Task.isCancelled { throw .cancelled }
        throw .unreachable(url, reason: Self.silence)
      }
      throw error
    }
  }

  /// What one status says about the reload; nil: not over yet. A device answers no requests while it loads.
  static func outcome(
    of status: DeviceStatus, id: String, partition: String, before: DeviceStatus
  ) -> ReloadOutcome? {
    if let module = status.module(in: partition), module.loaded, module.id == id {
      return status.bootID == before.bootID ? .switched(status) : .restarted(status)
    }
    if let failure = status.lastError, failure.module == id,
      failure != before.lastError || !status.isPending(in: partition)
    {
      return .refused(failure, status)
    }
    guard status.bootID == before.bootID else { return .restarted(status) }
    return status.isPending(in: partition) ? nil : .leftOut(status)
  }
}
