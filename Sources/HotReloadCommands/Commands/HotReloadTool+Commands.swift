import ArgumentParser

extension HotReloadTool {
  /// In the order of the help.
  static let commands: [any ParsableCommand.Type] = [
    BuildCommand.self, ReloadCommand.self, WatchCommand.self, StatusCommand.self,
    InspectCommand.self, RunCommand.self, DoctorCommand.self, RotateKeyCommand.self,
    GenerateCommand.self, PackCommand.self, CompileRuntimeCommand.self,
  ]
}
