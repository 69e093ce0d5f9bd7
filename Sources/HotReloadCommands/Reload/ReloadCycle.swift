import HotReloadBuild
import HotReloadClient
import SystemPackage

/// One way of an edit: build, ask, upload what differs, wait until the application has switched.
struct ReloadCycle: Sendable {
  /// What is being done, for progress on a terminal.
  enum Event: Sendable {
    case building(BuildEvent)
    /// `size` bytes of image become of `total` bytes.
    case uploading(module: String, sent: Int, total: Int, size: Int)
    case waiting(module: String)
    /// The device has no RAM for a module that should have waited there: it goes to flash.
    case noRoom(module: String, reason: String)
    case onTrial(module: String)
  }

  var plan: BuildPlan
  var device: any ReloadDevice
  var key: UploadKey
  /// How long the application may take to reach its safe point.
  var timeout: Duration
  /// Where modules wait to be loaded.
  var stage = UploadOptions.Stage.flash
  /// Whether the connection to the device stays open for the next reload.
  var keepsConnection = false
  /// What earlier reloads found out.
  var memory = BuildMemory()
  /// Build-IDs of modules that the device refused: sent only if there is nothing else to send.
  var withheld: Set<String> = []
  /// Called from any thread.
  var onEvent: @Sendable (Event) -> Void = { _ in }
  /// Builds; tests put another one here.
  var build: @Sendable (ModuleBuilder) async throws(BuildFailure) -> BuildReport = {
    (builder) async throws(BuildFailure) -> BuildReport in
    try await builder.build(.images)
  }

  /// - Parameter skipBuild: send what the last build made.
  /// - Throws: what went wrong first, with what became of each module.
  func run(skipBuild: Bool = false) async throws(CommandFailure) -> ReloadReport {
    let start = ContinuousClock.now
    // While the module is built, the device is asked.
    let ahead = StatusAhead(device)
    var report = ReloadReport(device: device.url.description)
    var failure: CommandFailure?
    var built = BuildReport()
    do throws(CommandFailure) {
      if !skipBuild { built = try await build(&report) }
      let modules = try read(built, &report)
      failure = await send(modules, ahead, after: ContinuousClock.now - start, &report)
    } catch {
      ahead.cancel()
      failure = error
    }
    report.timings.total = ContinuousClock.now - start
    // A device may serve one connection at a time: others want to ask it, too.
    if !keepsConnection { await device.close() }
    for index in report.modules.indices {
      report.timings.add(report.modules[index].timings)
      report.modules[index].timings.total = report.modules[index].timings.sum
    }
    do throws(BuildFailure) {
      if !built.isComplete { try await builder.writePartitionImages() }
    } catch {
      // Cancelled by a save, whose reload writes them, or at the end, while another process builds: the next build does it.
      if error.kind != .cancelled, failure == nil { failure = CommandFailure(error) }
    }
    if var failure {
      failure.modules = report.modules
      throw failure
    }
    return report
  }

  private var builder: ModuleBuilder {
    ModuleBuilder(plan: plan, memory: memory) { [onEvent] in onEvent(.building($0)) }
  }

  private func build(_ report: inout ReloadReport) async throws(CommandFailure) -> BuildReport {
    let start = ContinuousClock.now
    do throws(BuildFailure) {
      let built = try await build(builder)
      report.warnings = built.warnings
      report.timings.add(.check, ContinuousClock.now - start - built.duration)
      return built
    } catch {
      throw CommandFailure(error)
    }
  }

  /// What is to be sent.
  private func read(
    _ built: BuildReport, _ report: inout ReloadReport
  ) throws(CommandFailure) -> [ModuleToSend] {
    var modules: [ModuleToSend] = []
    for planned in plan.modules {
      let module = try ModuleToSend(planned, of: plan)
      var result = ReloadReport.Module(
        name: module.name, partition: module.partition, id: module.id, size: module.image.count,
        outcome: .notSent)
      result.timings.add(built, of: module.name)
      modules.append(module)
      report.modules.append(result)
    }
    return modules
  }
}
