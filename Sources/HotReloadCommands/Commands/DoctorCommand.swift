import ArgumentParser

struct DoctorCommand: ToolCommand {
  static let configuration = CommandConfiguration(
    commandName: "doctor",
    abstract: "Look for everything that a reload needs.",
    discussion: """
      One line for each thing: ok, missing (with what to do), or note for what only some projects need. Exit \
      code 1 if something is missing.

      EXAMPLES:
        hotreload doctor
        hotreload doctor --url 192.168.1.7 --json
      """)

  @OptionGroup var device: DeviceOptions
  @OptionGroup var planOptions: PlanOptions

  @Flag(help: "Print the result as JSON.")
  var json = false

  func execute(in context: Context) async throws(CommandFailure) -> ToolExit {
    let settings = try Settings(.init(url: device.url, plan: planOptions.plan), in: context)
    let checks = await Examination(settings: settings, context: context).run()
    if json {
      context.terminal.result(try JSONText.encode(checks))
    } else {
      for check in checks {
        let state = check.state.rawValue
        let gap = String(repeating: " ", count: 8 - state.count)
        context.terminal.result("\(state)\(gap)\(check.name): \(check.detail)")
        if let hint = check.hint { context.terminal.result("        hint: \(hint)") }
      }
    }
    return checks.contains { $0.state == .missing } ? .failure : .success
  }
}
