import HotReloadBuild
import HotReloadClient
import SystemPackage

/// A project that is watched, and what is kept from one reload to the next: what was read, tools that wait for work, the
/// connection to the device, what the device refused.
struct WatchedProject: Sendable {
  private let settings: Settings
  private let timeout: Duration
  private let stage: UploadOptions.Stage
  private let progress: ReloadProgress
  private let context: Context
  private let memory = BuildMemory()
  private let refused = RefusedModules()
  private let device: any ReloadDevice

  /// - Parameters:
  ///   - timeout: how long the application may take to reach its safe point.
  ///   - stage: where modules wait to be loaded.
  init(
    _ settings: Settings, device: any ReloadDevice, timeout: Duration, stage: UploadOptions.Stage,
    progress: ReloadProgress, in context: Context
  ) {
    self.settings = settings
    self.device = device
    self.timeout = timeout
    self.stage = stage
    self.progress = progress
    self.context = context
  }

  /// Builds, and sends what differs.
  func reload() async throws(CommandFailure) -> ReloadReport {
    let cycle = try cycle()
    do throws(CommandFailure) { return try await cycle.run() } catch {
      refused.add(error.modules)
      throw error
    }
  }

  /// Waits until the device trusts what a reload sent; what went wrong if it does not.
  func verdict(_ report: ReloadReport) async -> CommandFailure? {
    var report = report
    do throws(CommandFailure) {
      var failure = try await cycle().awaitVerdict(&report, timeout: .seconds(600))
      refused.add(report.modules)
      failure?.hint = nil
      return failure?.exit == nil ? nil : failure
    } catch {
      // The next reload says it.
      return nil
    }
  }

  /// What to watch.
  func files() throws(CommandFailure) -> Set<FilePath> {
    let builder = try builder()
    let inputs = try CommandFailure.building { () throws(BuildFailure) in try builder.inputs() }
    return Set(inputs + (settings.planPath().map { [$0.value] } ?? []))
  }

  /// Starts what the next reload will need. What is wrong, that one says.
  func prepare() async {
    await (try? builder())?.startTools()
  }

  /// The plan may be another one by now.
  private func builder() throws(CommandFailure) -> ModuleBuilder {
    ModuleBuilder(plan: try settings.plan().value, memory: memory)
  }

  private func cycle() throws(CommandFailure) -> ReloadCycle {
    var cycle = try ReloadCycle(settings, timeout: timeout, isVerbose: false, in: context)
    // The device of another plan is another device.
    if cycle.device.url == device.url { cycle.device = device }
    cycle.keepsConnection = cycle.device.url == device.url
    cycle.stage = stage
    cycle.memory = memory
    cycle.withheld = refused.ids
    cycle.onEvent = { progress.show($0) }
    return cycle
  }
}

extension WatchSession {
  /// Watches a project.
  init(project: WatchedProject, debounce: Duration, terminal: Terminal) {
    self.init(
      reload: { () async throws(CommandFailure) -> ReloadReport in try await project.reload() },
      verdict: { await project.verdict($0) },
      files: { () throws(CommandFailure) -> Set<FilePath> in try project.files() },
      prepare: { await project.prepare() }, debounce: debounce, terminal: terminal)
  }
}
