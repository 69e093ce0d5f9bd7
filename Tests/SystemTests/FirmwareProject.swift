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

    /// One of Examples/, whose firmware has its name.
    static func example(_ name: String) -> Template {
      Template(folder: Repository.root.appending("Examples").appending(name), firmware: name)
    }
  }

  private static let board = Repository.root.appending("Boards").appending("qemu-riscv32")

  /// Below `Repository.scratch`.
  let folder: FilePath
  private let template: Template
  /// More for CMake.
  private let options: [String]

  var sources: FilePath { folder.appending("sources") }
  var buildFolder: FilePath { folder.appending("build") }
  var plan: FilePath { buildFolder.appending("hotreload-plan.json") }
  var firmware: FilePath { buildFolder.appending("\(template.firmware).elf") }
  var key: FilePath { buildFolder.appending("hotreload.key") }
  /// The image of the example's module.
  var module: FilePath { image(of: "reloadable") }

  func image(of module: String) -> FilePath {
    buildFolder.appending("hotreload").appending(module).appending("module.elf")
  }

  // MARK: - The projects

  private static let first = Task { try await FirmwareProject(name: "basic", .example("basic")) }
  private static let second = Task { try await FirmwareProject(name: "other", .example("basic")) }

  /// The project whose firmware stays the example's: tests edit its module only. As new at every call.
  static func basic() async throws -> FirmwareProject {
    let project = try await first.value
    try project.restore()
    try await project.build()
    return project
  }

  private static let chips = Mutex<[String: Task<FirmwareProject, any Error>]>([:])

  /// The example for another chip; tests edit its module only. As new at every call.
  static func basic(for chip: String) async throws -> FirmwareProject {
    let task = chips.withLock { projects in
      if let task = projects[chip] { return task }
      let task = Task {
        try await FirmwareProject(
          name: "basic-\(chip)", .example("basic"), options: ["-DHOTRELOAD_CHIP=\(chip)"])
      }
      projects[chip] = task
      return task
    }
    let project = try await task.value
    try project.restore()
    try await project.build()
    return project
  }

  private static let third = Task {
    try await FirmwareProject(
      name: "gcc", .example("basic"),
      options: ["-DHOTRELOAD_CHIP=esp32c3", "-DHOTRELOAD_COMPILER=gcc"])
  }

  /// The project whose firmware and modules are compiled by GCC and linked by GNU ld, as ESP-IDF's are, for a chip with
  /// two buses. Its sources are as new at every call; it is not built.
  static func builtByGCC() async throws -> FirmwareProject {
    let project = try await third.value
    try project.restore()
    return project
  }

  /// The project whose firmware tests may edit, too. Its sources are as new at every call; it is not built.
  static func other() async throws -> FirmwareProject {
    let project = try await second.value
    try project.restore()
    return project
  }

  /// Copies, configures and builds.
  ///
  /// - Parameters:
  ///   - name: of its folder; no two projects have the same.
  ///   - options: more for CMake.
  init(name: String, _ template: Template, options: [String] = []) async throws {
    folder = Repository.scratch.appending(name)
    self.template = template
    self.options = options
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
      "-DCMAKE_TOOLCHAIN_FILE=\(Self.board.appending("toolchain.cmake"))",
      "-DHOTRELOAD_ROOT=\(Repository.root)", "-DHOTRELOAD_TOOL=\(Repository.tool)",
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
