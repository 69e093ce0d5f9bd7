import Synchronization
import SystemPackage

extension ESPIDFProject {
  /// Gives a project our component as it is in the repository: its runtime is compiled.
  private static let component =
    "-DEXTRA_COMPONENT_DIRS=\(Repository.root.pushing("components/hotreload"))"
  private static let tool = "-DHOTRELOAD_TOOL=\(Repository.tool)"

  /// Tests/Fixtures/ESPIDF/modules, built once, and what that started.
  struct Built: Sendable {
    var project: ESPIDFProject
    var tools: CountedTools
    var started: [String]
  }

  private static let counted = Task {
    let tools = try await CountedTools(in: Repository.scratch.pushing("esp-idf/tools"))
    let project = try ESPIDFProject(
      in: "modules", "modules", options: [component, tool] + tools.options,
      environment: ["STANDIN_TOOLS=\(tools.folder)"])
    try await project.configured()
    try tools.reset()
    try await project.built()
    return Built(project: project, tools: tools, started: try tools.started())
  }

  /// Three reloadable components in two partitions. As new at every call, and built.
  static func modules() async throws -> Built {
    let built = try await counted.value
    try built.project.restore()
    try await built.project.built()
    return built
  }

  private static let configurations = Mutex<[String: ESPIDFProject]>([:])

  /// The same project, for tests of what CMake says: its sources are as new at every call; it is not built.
  static func unbuilt(
    version: Version = .v5_5, chip: String = "esp32c3"
  ) async throws -> ESPIDFProject {
    let name = "\(chip)-\(version.rawValue)"
    let component = try await ComponentCopy.prebuilt.value
    let project = try configurations.withLock { projects in
      if let project = projects[name] { return project }
      let project = try ESPIDFProject(
        in: name, "modules", version: version, chip: chip,
        options: [component.option, tool])
      projects[name] = project
      return project
    }
    try project.restore()
    return project
  }
}
