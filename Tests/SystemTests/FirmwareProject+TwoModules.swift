import SystemPackage

extension FirmwareProject {
  /// Where its tools write down what is started.
  static let counted = Task { try await CountedTools(in: Repository.scratch.appending("tools")) }

  private static let third = Task {
    try await FirmwareProject(
      name: "two-modules",
      Template(folder: Repository.root.pushing("Tests/Fixtures/TwoModules"), firmware: "two"),
      options: counted.value.options)
  }

  /// A firmware with a module of two components, and one in a partition of its own; its toolchain counts. As new
  /// at every call, and built.
  static func twoModules() async throws -> FirmwareProject {
    let project = try await third.value
    try project.restore()
    try await project.build()
    return project
  }
}
