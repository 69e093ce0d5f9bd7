import ArgumentParser

/// Where the device is.
struct DeviceOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The device, as in http://192.168.1.7:8080 or just 192.168.1.7.", valueName: "url"))
  var url: String?
}

/// Where the build plan is.
struct PlanOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The build plan that CMake wrote (default: build/hotreload-plan.json, here or above).",
      valueName: "file"))
  var plan: String?
}

/// Which modules are meant.
struct PartitionOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Only the module of this partition (default: all modules). May be repeated.",
      valueName: "label"))
  var partition: [String] = []
}

extension Settings {
  /// Says where a setting came from.
  static func note<Value>(
    _ name: String, _ setting: Setting<Value>, _ text: String, in context: Context
  ) {
    context.terminal.note("\(name): \(text) (\(setting.origin))")
  }
}
