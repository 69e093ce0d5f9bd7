import ArgumentParser
import HotReloadBuild
import SystemPackage

struct RotateKeyCommand: ToolCommand {
  static let configuration = CommandConfiguration(
    commandName: "rotate-key",
    abstract: "Make a new upload key for the build folder.",
    discussion: """
      The old key is gone: rebuild the firmware, which then has the new one, and flash it. Until then the \
      device refuses what is built here. Do this when somebody has seen the key, the build folder or a \
      firmware image who should not upload.

      EXAMPLES:
        hotreload rotate-key
        hotreload rotate-key --plan build-release/hotreload-plan.json
      """)

  @OptionGroup var planOptions: PlanOptions

  func execute(in context: Context) async throws(CommandFailure) -> ToolExit {
    let settings = try Settings(.init(plan: planOptions.plan), in: context)
    let plan = try settings.plan().value
    let path = FilePath(plan.keyFile)
    let used = settings.keyFile(plan)
    guard used.value.lexicallyNormalized() == path.lexicallyNormalized() else {
      throw CommandFailure(
        .usage, "uploads are signed with \(used.value) (\(used.origin)), the firmware gets \(path)",
        hint: "rotate where the key comes from, or drop that setting")
    }
    do throws(BuildFailure) { try await KeyFile.rotate(for: plan) } catch {
      throw CommandFailure(error)
    }
    context.terminal.result("\(path) is a new key")
    context.terminal.note("now rebuild the firmware, and flash it: \(plan.rebuildCommandLine)")
    return .success
  }
}
