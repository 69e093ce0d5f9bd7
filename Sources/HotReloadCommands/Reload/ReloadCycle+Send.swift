import HotReloadBuild
import HotReloadClient
import SystemPackage

extension ReloadCycle {
  /// Stores what differs from what the device runs, all of it before it waits: an application that reloads all
  /// partitions switches to all of it together.
  ///
  /// - Parameters:
  ///   - ahead: what the device has said, or is about to say.
  ///   - work: what was done since it was asked.
  /// - Returns: what went wrong first. `report` says what became of each module.
  func send(
    _ modules: [ModuleToSend], _ ahead: StatusAhead, after work: Duration,
    _ report: inout ReloadReport
  ) async -> CommandFailure? {
    do throws(CommandFailure) {
      let start = ContinuousClock.now
      let before = try await ahead.value(after: work)
      report.timings.add(.ask, ContinuousClock.now - start)
      try check(before, against: modules)
      let refusal = try await store(modules, before, &report)
      let failure = try await wait(for: modules, before, &report)
      guard let first = refusal ?? failure else { return nil }
      return Self.complete(first, report)
    } catch {
      return Self.complete(error, report)
    }
  }

  /// What can be known before anything is sent.
  private func check(
    _ status: DeviceStatus, against modules: [ModuleToSend]
  ) throws(CommandFailure) {
    guard status.chip == plan.chip else {
      throw CommandFailure(
        .refused, "the device is a \(status.chip), the build plan is for \(plan.chip)",
        hint: "is \(device.url) the right device?")
    }
    for module in modules {
      guard status.firmware.id == module.firmwareID else {
        throw wrongFirmware(status, module)
      }
      guard status.module(in: module.partition) != nil else {
        throw CommandFailure(
          .refused,
          "the device has no partition '\(module.partition)' for module '\(module.name)'",
          hint: "it has \(status.modules.map(\.partition).joined(separator: ", "))")
      }
    }
  }

  /// The firmware was built again and not flashed since, or is another project's; or the module was not built again
  /// since (`--skip-build`).
  private func wrongFirmware(_ status: DeviceStatus, _ module: ModuleToSend) -> CommandFailure {
    let running = HexText.short(status.firmware.id)
    let needed = HexText.short(module.firmwareID)
    var failure =
      if status.firmware.id == firmwareID {
        CommandFailure(
          .refused,
          "module '\(module.name)' is for the firmware \(needed), the device runs a newer one: \(running) "
            + "(\(plan.firmware.path))",
          hint: "build the module again: hotreload build")
      } else {
        CommandFailure(
          .refused,
          "the device runs another firmware: \(running), the module is for \(needed) "
            + "(\(plan.firmware.path))",
          hint: "flash this build folder's firmware first; to rebuild it: "
            + plan.rebuildCommandLine)
      }
    // As the device would say it.
    failure.code = "wrong_firmware"
    return failure
  }

  /// The identity of the build folder's firmware; nil if there is none that can be read.
  private var firmwareID: String? {
    do throws(BuildFailure) {
      let bytes = try FileContents.read(FilePath(plan.firmware.path))
      let image = try FirmwareImage(
        bytes, path: plan.firmware.path, identity: plan.firmware.identity ?? .buildID)
      return HexText.encode(image.id)
    } catch {
      return nil
    }
  }

  /// Uploads what differs. After a refusal nothing more is sent: what belongs together should not be torn apart further.
  ///
  /// - Returns: the refusal.
  private func store(
    _ modules: [ModuleToSend], _ before: DeviceStatus, _ report: inout ReloadReport
  ) async throws(CommandFailure) -> CommandFailure? {
    var differing: [Int] = []
    for (index, module) in modules.enumerated() {
      let running = before.module(in: module.partition)
      if running?.loaded == true, running?.id == module.id,
        !before.isPending(in: module.partition)
      {
        report.modules[index].outcome = .unchanged
      } else {
        differing.append(index)
      }
    }
    let isRetry = differing.allSatisfy { withheld.contains(modules[$0].id) }
    var refusal: CommandFailure?
    for index in differing where refusal == nil {
      let module = modules[index]
      guard isRetry || !withheld.contains(module.id) else {
        report.modules[index].outcome = .withheld
        continue
      }
      let start = ContinuousClock.now
      do throws(CommandFailure) {
        let sent = try await asking { () async throws(ClientError) in
          try await upload(module, before)
        }
        report.modules[index].sent = sent.bytes
        report.modules[index].stage = sent.stage
        report.modules[index].timings.add(.upload, ContinuousClock.now - start)
        report.modules[index].outcome = .stored
      } catch {
        guard error.exit == .refused else { throw error }
        report.modules[index].outcome = .refused
        refusal = error
        if modules.count > 1 { refusal?.message = "module '\(module.name)': \(error.message)" }
      }
    }
    return refusal
  }

  /// Waits until the application has switched to everything that was stored, within `timeout` in all.
  ///
  /// - Returns: what went wrong first; whatever else was stored was waited for as well.
  private func wait(
    for modules: [ModuleToSend], _ before: DeviceStatus, _ report: inout ReloadReport
  ) async throws(CommandFailure) -> CommandFailure? {
    let start = ContinuousClock.now
    var refusal: CommandFailure?
    var failure: CommandFailure?
    for (index, module) in modules.enumerated() where report.modules[index].outcome == .stored {
      onEvent(.waiting(module: module.name))
      let asked = ContinuousClock.now
      let left = max(timeout - (asked - start), .zero)
      let outcome = try await asking { () async throws(ClientError) in
        try await device.waitForModule(
          id: module.id, partition: module.partition, before: before, timeout: left)
      }
      switch outcome {
      case .switched(let status):
        let now = status.module(in: module.partition)
        report.modules[index].timings.addSwitch(
          waited: ContinuousClock.now - asked, load: now?.loadMicroseconds,
          swap: now?.swapMicroseconds)
        report.modules[index].outcome = .switched
        report.modules[index].isOnTrial = now?.isOnTrial == true
      case .refused(let reason, let status) where reason.error == DeviceStatus.Failure.rolledBack:
        report.modules[index].outcome = .rolledBack
        refusal = refusal ?? rollback(of: module.name, in: module.partition, reason, status)
      case .refused(let reason, _):
        report.modules[index].outcome = .refused
        refusal =
          refusal
          ?? CommandFailure(
            .refused,
            "the device could not load module '\(module.name)': \(reason.detail) (\(reason.error))",
            hint: "what ran before still runs")
      case .leftOut:
        failure =
          failure
          ?? CommandFailure(
            .refused, "the device did not switch to module '\(module.name)'",
            hint: "what ran before still runs; the device's console says why")
      case .restarted:
        throw CommandFailure(
          .failure,
          "the device restarted while it should have switched to module '\(module.name)'",
          hint: "its console says why; did the new code crash?")
      case .timedOut:
        failure =
          failure
          ?? CommandFailure(
            .failure, "the application did not reload within \(timeout.components.seconds) s",
            hint: "does it call hotreload_reload() at its safe point?")
      }
    }
    // Where one module could not be loaded, the others may have been left out because of it.
    return refusal ?? failure
  }

  /// `failure`, with what became of the modules that it is not about.
  private static func complete(
    _ failure: CommandFailure, _ report: ReloadReport
  ) -> CommandFailure {
    let sent: Set<ReloadReport.Module.Outcome> = [.switched, .stored]
    // Nobody wonders about modules where none was sent.
    guard failure.exit != nil, report.modules.contains(where: { sent.contains($0.outcome) }),
      report.modules.count > 1
    else { return failure }
    let parts = report.modules.compactMap { module -> String? in
      switch module.outcome {
      case .switched: "'\(module.name)' runs its new code"
      case .stored: "'\(module.name)' was stored, but does not run"
      case .notSent: "'\(module.name)' was not sent"
      case .unchanged, .refused, .rolledBack, .withheld: nil
      }
    }
    var failure = failure
    failure.message += "; " + parts.joined(separator: ", ")
    return failure
  }

  func asking<Value: Sendable>(
    _ body: () async throws(ClientError) -> Value
  ) async throws(CommandFailure) -> Value {
    do throws(ClientError) { return try await body() } catch { throw CommandFailure(error) }
  }
}
