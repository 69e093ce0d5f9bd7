import ArgumentParser
import HotReloadBuild
import HotReloadClient
import SystemPackage

#if canImport(Darwin)
  import Darwin
#elseif canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

struct WatchCommand: ToolCommand {
  static let configuration = CommandConfiguration(
    commandName: "watch",
    abstract: "Reload on every save.",
    discussion: """
      Brings the device up to date, then watches the modules' sources and every header that they include. A \
      save during a build cancels that build. A failed build or upload is shown in full, and watching goes \
      on. New code runs from RAM first and goes to flash when the device trusts it. Of several modules, the one \
      that the saved file belongs to is built and sent; one that the device refused waits for a change of its \
      own. Ctrl-C ends it with exit code 0.

      EXAMPLES:
        hotreload watch
        hotreload watch --url esp32.local --timings
        hotreload watch --partition plugins
      """)

  @OptionGroup var device: DeviceOptions
  @OptionGroup var planOptions: PlanOptions
  @OptionGroup var partitions: PartitionOptions

  @Option(
    help: ArgumentHelp(
      "How long nothing may change before the next reload, where several files are saved in a row.",
      valueName: "seconds"))
  var debounce: Double = 0.05

  @Option(
    help: ArgumentHelp(
      "How long the application may take to reach its safe point.", valueName: "seconds"))
  var timeout: Double = 10

  @Flag(help: "Store modules in flash before they run, not when they have proved to be good.")
  var flashFirst = false

  @Flag(help: "Show how long each step took.")
  var timings = false

  @Flag(help: "Print one line of JSON for each reload, failed ones as well.")
  var json = false

  @Flag(name: .shortAndLong, help: "Show every step and where the settings come from.")
  var verbose = false

  @Flag(help: "End when standard input ends: for programs that start this one.")
  var untilInputEnds = false

  func validate() throws {
    guard debounce >= 0, debounce <= 60 else {
      throw ValidationError("--debounce takes seconds, from 0 to 60.")
    }
    guard !timings || !json else {
      throw ValidationError("--timings and --json exclude each other: the JSON has the times.")
    }
    guard timeout > 0, timeout <= 86_400 else {
      throw ValidationError("--timeout takes seconds, more than 0 and at most 86400.")
    }
  }

  func execute(in context: Context) async throws(CommandFailure) -> ToolExit {
    var context = context
    // Beside a monitor or an emulator our lines must be told from theirs.
    context.terminal.prefix = "[hotreload] "
    let terminal = context.terminal
    let settings = try Settings(
      .init(url: device.url, plan: planOptions.plan, partitions: partitions.partition), in: context)
    let progress = ReloadProgress(terminal: terminal, isVerbose: verbose)
    let wait = Duration.seconds(timeout)
    // Whatever is wrong now is worth an end; later it is not.
    let first = try ReloadCycle(settings, timeout: wait, isVerbose: verbose, in: context)
    let names = first.plan.modules.map(\.name).joined(separator: ", ")
    terminal.note("watching \(names) for \(first.device.url); Ctrl-C ends")

    let project = WatchedProject(
      settings, device: first.device, timeout: wait, stage: flashFirst ? .flash : .ram,
      progress: progress, in: context)
    var session = WatchSession(project: project, debounce: .seconds(debounce), terminal: terminal)
    session.isVerbose = verbose
    session.style = json ? .json : timings ? .timings : .line
    if untilInputEnds { context.interruption.cancelAtEnd(of: .standardInput) }
    try await session.run()
    let isAsked = context.interruption.signal == SIGINT || context.interruption.hasInputEnded
    guard isAsked || !Task.isCancelled else {
      throw .cancelled
    }
    return .success
  }
}
