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
  /// Build-IDs of modules that the device refused: sent only if there is nothing else to send.
  var withheld: Set<String> = []
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
  /// - Throws: what went wrong first, with what became of each module.
  func run(skipBuild: Bool = false) async throws(CommandFailure) -> ReloadReport {
    let start = ContinuousClock.now
    var report = ReloadReport(device: device.url.description)
    var built = BuildReport()
    if !skipBuild {
      do throws(BuildFailure) {
        built = try await build(plan) { [onEvent] in onEvent(.building($0)) }
      } catch {
        throw CommandFailure(error)
      }
      report.warnings = built.warnings
    }
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
    let failure = await send(modules, &report)
    // A device may serve one connection at a time: others want to ask it, too.
    await device.close()
    for index in report.modules.indices {
      report.timings.add(report.modules[index].timings)
      report.modules[index].timings.total = report.modules[index].timings.sum
    }
    if var failure {
      failure.modules = report.modules
      throw failure
    }
    report.timings.total = ContinuousClock.now - start
    return report
  }
}
