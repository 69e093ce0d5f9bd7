import SystemPackage

/// The tool as a user runs it.
enum Tool {
  static func run(_ arguments: String...) async throws -> ChildProcess.Result {
    try await ChildProcess.run([Repository.tool.string] + arguments)
  }

  /// `hotreload reload` of a project's modules.
  static func reload(
    _ project: FirmwareProject, to device: VirtualDevice, _ options: String...
  ) async throws -> ChildProcess.Result {
    try await ChildProcess.run(
      [Repository.tool.string, "reload", "--plan", project.plan.string, "--url", device.url]
        + options)
  }

  /// `hotreload watch`, interrupted when `body` is done. Returns its exit code.
  static func watching(
    _ project: FirmwareProject, on device: VirtualDevice, _ options: [String] = [],
    body: (ChildProcess.Running) async throws -> Void
  ) async throws -> Int32 {
    try await ChildProcess.running(
      [Repository.tool.string, "watch", "--plan", project.plan.string, "--url", device.url]
        + options,
      body: body
    ).exitCode
  }
}
