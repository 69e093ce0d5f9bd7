import ArgumentParser
import HotReloadBuild
import HotReloadClient

struct ReloadCommand: ToolCommand {
  static let configuration = CommandConfiguration(
    commandName: "reload",
    abstract: "Build, upload, and wait until the device runs the new code.",
    discussion: """
      Ends with 0 when the device says that it runs the module, with another code otherwise (see \
      `hotreload help`). A module that the device runs already is not sent. If anything fails, the device \
      goes on with the code it had.

      New code is on trial at first: a device that crashes then starts again with the code it had. This command \
      waits until the device trusts the new code, or does not: then it ends with 4.

      Of several modules, all that differ are sent, then waited for; if one is refused, the message says what \
      became of the others. An application that calls hotreload_reload_all() switches to all of them or none.

      EXAMPLES:
        hotreload reload
        hotreload reload --url esp32.local
        hotreload reload --partition plugins
        hotreload reload --no-persist
        HOTRELOAD_URL=http://127.0.0.1:8080 hotreload reload --json
      """)

  @OptionGroup var device: DeviceOptions
  @OptionGroup var planOptions: PlanOptions
  @OptionGroup var partitions: PartitionOptions

  @Flag(help: "Send what the last build made.")
  var skipBuild = false

  @Flag(
    help: """
      Run the module from RAM first; flash gets it when it has proved to be good, or at once if there is no room in RAM.
      """)
  var ramFirst = false

  @Flag(help: "Run the module from RAM only: a restart brings back what flash holds.")
  var noPersist = false

  @Option(
    help: ArgumentHelp(
      "How long the application may take to reach its safe point.", valueName: "seconds"))
  var timeout: Double = 10

  @Option(
    help: ArgumentHelp(
      "How long to wait until the device trusts the new code; 0 does not wait.",
      valueName: "seconds"))
  var trialTimeout: Double = 12

  @Flag(name: .shortAndLong, help: "Show every step and where the settings come from.")
  var verbose = false

  @Flag(help: "Print the result as JSON, a failure as well.")
  var json = false

  func validate() throws {
    guard !ramFirst || !noPersist else {
      throw ValidationError("--ram-first and --no-persist exclude each other.")
    }
    guard timeout > 0, timeout <= 86_400 else {
      throw ValidationError("--timeout takes seconds, more than 0 and at most 86400.")
    }
    guard trialTimeout >= 0, trialTimeout <= 86_400 else {
      throw ValidationError("--trial-timeout takes seconds, from 0 to 86400.")
    }
  }

  func execute(in context: Context) async throws(CommandFailure) -> ToolExit {
    let progress = ReloadProgress(terminal: context.terminal, isVerbose: verbose)
    let settings = try Settings(
      .init(url: device.url, plan: planOptions.plan, partitions: partitions.partition), in: context)
    var cycle = try ReloadCycle(
      settings, timeout: .seconds(timeout), isVerbose: verbose, in: context)
    cycle.stage = noPersist ? .ramOnly : ramFirst ? .ram : .flash
    cycle.onEvent = { progress.show($0) }
    var report = try await cycle.run(skipBuild: skipBuild)
    context.terminal.endProgress()
    for warning in report.warnings { context.terminal.verbatim(warning) }
    if !json {
      for line in report.moduleLines { context.terminal.result(line) }
      for row in report.timings.table { context.terminal.result(row) }
    }
    if trialTimeout > 0 {
      let failure = await cycle.awaitVerdict(&report, timeout: .seconds(trialTimeout))
      context.terminal.endProgress()
      if let failure { throw failure }
    }
    for module in report.modules where module.isOnTrial && trialTimeout > 0 {
      context.terminal.note("\(module.name) is still on trial: the device may go back")
    }
    if json { context.terminal.result(try JSONText.encode(report)) }
    return .success
  }
}
