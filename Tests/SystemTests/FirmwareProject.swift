import Synchronization
import SystemPackage
import Testing

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// A copy of a firmware's sources that tests may edit, configured and built as its comment says.
struct FirmwareProject: Sendable {
  /// The example's module.
  static let moduleSource = "components/reloadable/reloadable.c"
  /// The example's firmware.
  static let mainSource = "main/main.c"
  /// What CMake reads.
  static let buildFile = "CMakeLists.txt"

  /// What a project is a copy of.
  struct Template: Sendable {
    /// Has a CMakeLists.txt.
    var folder: FilePath
    /// The firmware's target in it.
    var firmware: String

    /// One of Tests/Fixtures/.
    static func fixture(_ name: String, firmware: String) -> Template {
      Template(
        folder: Repository.root.pushing("Tests/Fixtures").appending(name), firmware: firmware)
    }

    /// One of Examples/, whose firmware has its name.
    static func example(_ name: String) -> Template {
      Template(folder: Repository.root.appending("Examples").appending(name), firmware: name)
    }
  }

  /// Below `Repository.scratch`.
  let folder: FilePath
  private let template: Template
  /// For CMake.
  private let options: [String]

  var sources: FilePath { folder.appending("sources") }
  var buildFolder: FilePath { folder.appending("build") }
  var plan: FilePath { buildFolder.appending("hotreload-plan.json") }
  var firmware: FilePath { buildFolder.appending("\(template.firmware).elf") }
  var key: FilePath { buildFolder.appending("hotreload.key") }
  /// The image of the example's module.
  var module: FilePath { image(of: "reloadable") }
  /// What is flashed of it: docs/STORE.md has what lies where.
  var partitionImage: FilePath {
    module.removingLastComponent().appending("partition.bin")
  }

  func image(of module: String) -> FilePath {
    buildFolder.appending("hotreload").appending(module).appending("module.elf")
  }

  // MARK: - The projects

  private static let projects = Mutex<[FilePath: Task<FirmwareProject, any Error>]>([:])

  /// The project of this name on this board: copied, configured and built once a run. Its sources are as new at every
  /// call; it is not built again.
  ///
  /// - Parameters:
  ///   - name: goes with one template.
  ///   - options: more for CMake.
  static func shared(
    _ name: String, _ template: @escaping @Sendable () async throws -> Template, on board: Board,
    options: [String] = []
  ) async throws -> FirmwareProject {
    let folder = Repository.scratch.appending("\(name)-\(board.identifier)")
    let task = projects.withLock { projects in
      if let task = projects[folder] { return task }
      let task = Task {
        try await FirmwareProject(folder, template(), on: board, options: options)
      }
      projects[folder] = task
      return task
    }
    let project = try await task.value
    try project.restore()
    return project
  }

  /// The example, whose firmware stays as it is: tests edit its module only. As new at every call, and built.
  static func basic(on board: Board = .riscv32) async throws -> FirmwareProject {
    let project = try await shared("basic", { .example("basic") }, on: board)
    try await project.build()
    return project
  }

  /// The example, whose firmware tests may edit, too. Not built.
  static func other(on board: Board = .riscv32) async throws -> FirmwareProject {
    try await shared("other", { .example("basic") }, on: board)
  }

  /// Copies, configures and builds.
  ///
  /// - Parameters:
  ///   - folder: no two projects have the same.
  ///   - options: more for CMake.
  private init(
    _ folder: FilePath, _ template: Template, on board: Board, options: [String]
  ) async throws {
    self.folder = folder
    self.template = template
    self.options = board.options + options
    let files = FileManager.default
    if files.fileExists(atPath: folder.string) { try files.removeItem(atPath: folder.string) }
    try files.createDirectory(atPath: folder.string, withIntermediateDirectories: true)
    try files.copyItem(atPath: template.folder.string, toPath: sources.string)
    try await configure()
    try await build()
  }

  /// Runs CMake.
  func configure() async throws {
    try await ChildProcess.succeed(configuration(in: buildFolder))
  }

  /// The command that runs CMake.
  func configuration(in buildFolder: FilePath) -> [String] {
    [
      "cmake", "-G", "Ninja", "-S", sources.string, "-B", buildFolder.string,
      "-DHOTRELOAD_ROOT=\(Repository.root)", "-DHOTRELOAD_TOOL=\(Repository.tool)",
      "-DHOTRELOAD_RUNTIME_FOLDER=\(Repository.scratch.appending("runtime"))",
    ] + options
  }

  // MARK: - Builds

  /// Builds firmware and modules.
  @discardableResult
  func build() async throws -> ChildProcess.Result {
    try await ChildProcess.succeed(["cmake", "--build", buildFolder.string])
  }

  // MARK: - Files

  /// A file of the template.
  func original(_ name: String) throws -> String {
    try String(contentsOfFile: template.folder.pushing(FilePath(name)).string, encoding: .utf8)
  }

  /// Edits a file of the copy: that of the template with one text replaced.
  func edit(_ name: String, replacing old: String, with new: String, _ save: Save = .inPlace) throws
  {
    let text = try original(name)
    try #require(text.contains(old), "no '\(old)' in \(name)")
    try write(text.replacing(old, with: new), to: name, save)
  }

  /// Has the module greet with another word.
  func greet(with greeting: String, _ save: Save = .inPlace) throws {
    try edit(Self.moduleSource, replacing: "\"Hello\"", with: "\"\(greeting)\"", save)
  }

  /// How an editor saves.
  enum Save: CaseIterable, Sendable {
    /// Truncates the file and writes it.
    case inPlace
    /// Writes another file and gives it the name of the old one.
    case byRename
  }

  func write(_ text: String, to name: String, _ save: Save = .inPlace) throws {
    let path = sources.pushing(FilePath(name))
    switch save {
    case .inPlace: try text.write(toFile: path.string, atomically: false, encoding: .utf8)
    case .byRename: try text.write(toFile: path.string, atomically: true, encoding: .utf8)
    }
  }

  /// Gives every file of the template its content again.
  func restore() throws {
    let names = try FileManager.default.subpathsOfDirectory(atPath: template.folder.string)
    for name in names where template.folder.pushing(FilePath(name)).isFile {
      let path = sources.pushing(FilePath(name)).string
      let text = try original(name)
      if (try? String(contentsOfFile: path, encoding: .utf8)) != text { try write(text, to: name) }
    }
  }

  /// A file for a test's own use; one of this name is removed.
  func scratchFile(_ name: String) throws -> FilePath {
    let path = folder.appending(name)
    if FileManager.default.fileExists(atPath: path.string) {
      try FileManager.default.removeItem(atPath: path.string)
    }
    return path
  }

  static func bytes(of file: FilePath) throws -> [UInt8] {
    try Array(Data(contentsOf: URL(filePath: file.string)))
  }
}

extension FilePath {
  fileprivate var isFile: Bool { (try? stat().type) == .regular }
}
