import HotReloadClient

extension ReloadCycle {
  /// Waits until the device trusts the modules that it has switched to, `timeout` in all. `report` says afterwards which of them
  /// are still on trial, and which the device has gone back from.
  ///
  /// - Returns: what went wrong first; nil also if the device had not decided by then.
  func awaitVerdict(_ report: inout ReloadReport, timeout: Duration) async -> CommandFailure? {
    let start = ContinuousClock.now
    var first: CommandFailure?
    for index in report.modules.indices where report.modules[index].isOnTrial {
      let module = report.modules[index]
      onEvent(.onTrial(module: module.name))
      do throws(CommandFailure) {
        let left = max(timeout - (ContinuousClock.now - start), .zero)
        let outcome = try await asking { () async throws(ClientError) in
          try await device.waitForVerdict(
            id: module.id, partition: module.partition, timeout: left)
        }
        report.modules[index].isOnTrial = outcome == .undecided
        if case .rolledBack(let reason, let status) = outcome {
          report.modules[index].outcome = .rolledBack
          first = first ?? rollback(of: module.name, in: module.partition, reason, status)
        }
      } catch {
        first = first ?? error
      }
    }
    if !keepsConnection { await device.close() }
    first?.modules = report.modules
    return first
  }

  /// A module that the device has gone back from.
  func rollback(
    of name: String, in partition: String, _ reason: DeviceStatus.Failure, _ status: DeviceStatus
  ) -> CommandFailure {
    var failure = CommandFailure(
      .refused, "module '\(name)': \(reason.detail)",
      hint: status.module(in: partition)?.loaded == true
        ? "what ran before runs again" : "the device has no other module")
    failure.code = DeviceStatus.Failure.rolledBack
    return failure
  }
}
