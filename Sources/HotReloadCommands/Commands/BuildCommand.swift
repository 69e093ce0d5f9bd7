import ArgumentParser
import HotReloadBuild
import SystemPackage

struct BuildCommand: ToolCommand {
  static let configuration = CommandConfiguration(
    commandName: "build",
    abstract: "Compile, link and pack the modules.",
    discussion: """
      Works from the build plan alone: neither CMake nor idf.py runs. Only what is stale is compiled; an \
      unchanged source gives an unchanged module.

      Prints one line for each module: its name, build-ID, size and image.

      EXAMPLES:
        hotreload build
        hotreload build --plan build-release/hotreload-plan.json
        hotreload build --partition plugins
      """)

  @OptionGroup var planOptions: PlanOptions
  @OptionGroup var partitions: PartitionOptions

  @Flag(help: "For build systems: compile, and write what the firmware is linked with.")
  var prepare = false

  @Flag(name: .shortAndLong, help: "Show every step and where the settings come from.")
  var verbose = false

  @Flag(help: "Print the result as JSON.")
  var json = false

  func validate() throws {
    guard !prepare || partitions.partition.isEmpty else {
      throw ValidationError(
        "--prepare is for all modules: the firmware is linked with all of them.")
    }
  }

  func execute(in context: Context) async throws(CommandFailure) -> ToolExit {
    let settings = try Settings(
      .init(plan: planOptions.plan, partitions: partitions.partition), in: context)
    let plan = try settings.plan()
    if verbose, let path = settings.planPath() {
      Settings.note("plan", path, path.value.string, in: context)
    }
    let progress = ReloadProgress(terminal: context.terminal, isVerbose: verbose)
    let builder = ModuleBuilder(plan: plan.value) { progress.show($0) }
    let report: BuildReport
    do throws(BuildFailure) {
      report = prepare ? try await builder.prepare() : try await builder.build()
    } catch {
      throw CommandFailure(error)
    }
    context.terminal.endProgress()
    for warning in report.warnings { context.terminal.verbatim(warning) }
    if json {
      context.terminal.result(try JSONText.encode(BuildSummary(report)))
    } else {
      for module in report.modules {
        context.terminal.result(
          "\(module.name) \(HexText.short(HexText.encode(module.id))) \(module.size) bytes "
            + "\(module.image)\(module.changed ? "" : " (unchanged)")")
      }
    }
    return .success
  }
}
