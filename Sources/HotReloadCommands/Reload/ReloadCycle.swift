import HotReloadBuild
import HotReloadClient
import SystemPackage

/// One way of an edit: build, ask, upload, wait until the application has switched.
struct ReloadCycle: Sendable {
  /// What is being done, for progress on a terminal.
  enum Event: Sendable {
    case building(BuildEvent)
    case uploading(module: String, sent: Int, total: Int)
    case waiting(module: String)
  }

  var plan: BuildPlan
  var device: any ReloadDevice
  var key: UploadKey
  /// How long the application may take to reach its safe point.
  var timeout: Duration
  /// Called from any thread.
  var onEvent: @Sendable (Event) -> Void = { _ in }
  /// Builds; tests put another one here.
  var build:
    @Sendable (BuildPlan, @escaping @Sendable (BuildEvent) -> Void)
      async throws(BuildFailure) -> BuildReport = {
        (plan, onEvent) async throws(BuildFailure) -> BuildReport in
        try await ModuleBuilder(plan: plan, onEvent: onEvent).build()
      }

  /// - Parameter skipBuild: send what the last build made.
  func run(skipBuild: Bool = false) async throws(CommandFailure) -> ReloadReport {
    let start = ContinuousClock.now
    var report = ReloadReport(device: device.url.description)
    if !skipBuild {
      let built: BuildReport
      do throws(BuildFailure) {
        built = try await build(plan) { [onEvent] in onEvent(.building($0)) }
      } catch {
        throw CommandFailure(error)
      }
      report.timings.add(built)
      report.warnings = built.warnings
    }
    var modules: [ModuleToSend] = []
    for module in plan.modules { modules.append(try ModuleToSend(module, of: plan)) }
    do throws(CommandFailure) {
      let before = try await asking { () async throws(ClientError) in try await device.status() }
      try check(before, against: modules)
      for module in modules {
        report.modules.append(try await send(module, before, &report.timings))
      }
    } catch {
      await device.close()
      throw error
    }
    // A device may serve one connection at a time: others want to ask it, too.
    await device.close()
    report.timings.total = ContinuousClock.now - start
    return report
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
        throw CommandFailure(
          .refused,
          "the device runs another firmware: \(HexText.short(status.firmware.id)), the module is "
            + "for \(HexText.short(module.firmwareID)) (\(plan.firmware.path))",
          hint: "flash this build folder's firmware first; to rebuild it: "
            + plan.rebuildCommand.joined(separator: " "))
      }
      guard status.module(in: module.partition) != nil else {
        throw CommandFailure(
          .refused,
          "the device has no partition '\(module.partition)' for module '\(module.name)'",
          hint: "it has \(status.modules.map(\.partition).joined(separator: ", "))")
      }
    }
  }

  private func send(
    _ module: ModuleToSend, _ before: DeviceStatus, _ timings: inout Timings
  ) async throws(CommandFailure) -> ReloadReport.Module {
    var result = ReloadReport.Module(
      name: module.name, partition: module.partition, id: module.id, size: module.image.count,
      outcome: .unchanged)
    let running = before.module(in: module.partition)
    if running?.loaded == true, running?.id == module.id, !before.pending { return result }

    let start = ContinuousClock.now
    _ = try await asking { () async throws(ClientError) in
      try await device.upload(
        image: module.image, key: key, options: UploadOptions(partition: module.partition),
        authentication: before.authentication
      ) { [onEvent] in onEvent(.uploading(module: module.name, sent: $0, total: $1)) }
    }
    timings.add(.upload, ContinuousClock.now - start)

    onEvent(.waiting(module: module.name))
    let outcome = try await asking { () async throws(ClientError) in
      try await device.waitForModule(
        id: module.id, partition: module.partition, before: before, timeout: timeout)
    }
    let status = try success(outcome, module)
    let now = status.module(in: module.partition)
    if let time = now?.loadMicroseconds { timings.add(.load, .microseconds(time)) }
    if let time = now?.swapMicroseconds { timings.add(.swap, .microseconds(time)) }
    result.outcome = .switched
    return result
  }

  /// The status with the module running, or why it does not run.
  private func success(
    _ outcome: ReloadOutcome, _ module: ModuleToSend
  ) throws(CommandFailure) -> DeviceStatus {
    switch outcome {
    case .switched(let status):
      return status
    case .refused(let failure, _):
      throw CommandFailure(
        .refused,
        "the device could not load module '\(module.name)': \(failure.detail) (\(failure.error))",
        hint: "what ran before still runs")
    case .restarted:
      throw CommandFailure(
        .failure, "the device restarted while it should have switched to module '\(module.name)'",
        hint: "its console says why; did the new code crash?")
    case .timedOut:
      throw CommandFailure(
        .failure, "the application did not reload within \(timeout.components.seconds) s",
        hint: "does it call hotreload_reload() at its safe point?")
    }
  }

  private func asking<Value: Sendable>(
    _ body: () async throws(ClientError) -> Value
  ) async throws(CommandFailure) -> Value {
    do throws(ClientError) { return try await body() } catch { throw CommandFailure(error) }
  }
}
