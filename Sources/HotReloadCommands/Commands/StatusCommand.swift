import ArgumentParser
import HotReloadClient

struct StatusCommand: ToolCommand {
  static let configuration = CommandConfiguration(
    commandName: "status",
    abstract: "Ask the device what it runs.",
    discussion: """
      EXAMPLES:
        hotreload status
        hotreload status --url 192.168.1.7
        hotreload status --json | jq -r .uptime_ms
      """)

  @OptionGroup var device: DeviceOptions
  @OptionGroup var planOptions: PlanOptions

  @Flag(name: .shortAndLong, help: "Show where the settings come from.")
  var verbose = false

  @Flag(help: "Print the device's status as JSON, a failure as well.")
  var json = false

  func execute(in context: Context) async throws(CommandFailure) -> ToolExit {
    let settings = try Settings(.init(url: device.url, plan: planOptions.plan), in: context)
    // With a URL at hand nothing else is needed: a broken plan is not this command's business.
    let needsPlan = device.url == nil && context.environment["HOTRELOAD_URL"] == nil
    let url = try settings.url(needsPlan ? settings.planIfPresent()?.value : nil)
    if verbose { Settings.note("device", url, url.value.description, in: context) }
    let client = DeviceClient(url: url.value)
    let status: DeviceStatus
    do throws(ClientError) {
      status = try await client.status()
    } catch {
      throw CommandFailure(error)
    }
    await client.close()
    if json {
      context.terminal.result(try JSONText.encode(status))
    } else {
      for line in StatusText.lines(status, url: url.value) { context.terminal.result(line) }
    }
    return .success
  }
}
