import SystemPackage
import Testing

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// A copy of an ESP-IDF project that tests may edit, built with Tests/ESPIDFStandIn in the place of ESP-IDF.
struct ESPIDFProject: Sendable {
  /// A version of ESP-IDF that the stand-in knows.
  enum Version: String, CaseIterable, Sendable {
    case v5_0 = "5.0"
    case v5_5 = "5.5"
    case v6_0 = "6.0"
  }

  static let standIn = Repository.root.pushing("Tests/ESPIDFStandIn")
  private static let fixtures = Repository.root.pushing("Tests/Fixtures/ESPIDF")

  /// Below `Repository.scratch`.
  let folder: FilePath
  private let template: FilePath
  /// What its CMakeLists.txt calls it.
  private let name: String
  private let version: Version
  /// More for CMake.
  private let options: [String]
  /// Settings of the environment, `NAME=value`, for CMake and for builds.
  private let environment: [String]

  var sources: FilePath { folder.appending("sources") }
  var buildFolder: FilePath { folder.appending("build") }
  var plan: FilePath { buildFolder.appending("hotreload-plan.json") }
  var key: FilePath { buildFolder.appending("hotreload.key") }
  private var configuration: FilePath { sources.appending("sdkconfig") }

  /// Copies a project; does not run CMake.
  ///
  /// - Parameters:
  ///   - folderName: no two projects have the same.
  ///   - template: of Tests/Fixtures/ESPIDF; it has the name of its folder unless `projectName` says another.
  ///   - chip: ESP-IDF's name of it.
  ///   - options: more for CMake.
  ///   - environment: `NAME=value`, over that of the stand-in.
  init(
    in folderName: String, _ template: String, projectName: String? = nil,
    version: Version = .v5_5, chip: String = "esp32c3", options: [String] = [],
    environment: [String] = []
  ) throws {
    folder = Repository.scratch.appending("esp-idf").appending(folderName)
    name = projectName ?? template
    self.template = Self.fixtures.appending(template)
    self.version = version
    self.options = options
    self.environment =
      [
        "-u", "HOTRELOAD_TOOL", "-u", "SDKCONFIG_DEFAULTS",
        "IDF_PATH=\(Self.standIn)", "STANDIN_IDF_VERSION=\(version.rawValue)", "IDF_TARGET=\(chip)",
      ] + environment
    let files = FileManager.default
    if files.fileExists(atPath: folder.string) { try files.removeItem(atPath: folder.string) }
    try files.createDirectory(atPath: folder.string, withIntermediateDirectories: true)
    try files.copyItem(atPath: self.template.string, toPath: sources.string)
  }

  // MARK: - CMake

  /// Runs CMake, with the options of `sdkconfig.defaults` as they are now.
  ///
  /// - Parameter settings: more for the environment, `NAME=value`.
  func configure(_ settings: [String] = []) async throws -> ChildProcess.Result {
    // What an earlier run wrote would win over the defaults.
    if FileManager.default.fileExists(atPath: configuration.string) {
      try FileManager.default.removeItem(atPath: configuration.string)
    }
    return try await run(
      settings + ["cmake", "-G", "Ninja", "-S", sources.string, "-B", buildFolder.string] + options)
  }

  /// Runs CMake, which has to succeed.
  @discardableResult
  func configured() async throws -> ChildProcess.Result {
    let result = try await configure()
    guard result.exitCode == 0 else { throw ChildProcess.Failure(result: result) }
    return result
  }

  /// Builds a target, or all.
  func build(_ target: String = "all") async throws -> ChildProcess.Result {
    try await run(["cmake", "--build", buildFolder.string, "--target", target])
  }

  /// Builds, which has to succeed.
  @discardableResult
  func built(_ target: String = "all") async throws -> ChildProcess.Result {
    let result = try await build(target)
    guard result.exitCode == 0 else { throw ChildProcess.Failure(result: result) }
    return result
  }

  private func run(_ command: [String]) async throws -> ChildProcess.Result {
    try await ChildProcess.run(["/usr/bin/env"] + environment + command)
  }

  // MARK: - Files

  /// The linked firmware.
  var firmware: FilePath { buildFolder.appending("\(name).elf") }

  /// The image of a module, by the name of its component.
  func image(of module: String) -> FilePath {
    buildFolder.appending("hotreload").appending(module).appending("module.elf")
  }

  func text(_ name: String) throws -> String {
    try String(contentsOfFile: sources.pushing(FilePath(name)).string, encoding: .utf8)
  }

  /// A file of the build folder.
  func built(file name: String) throws -> String {
    try String(contentsOfFile: buildFolder.pushing(FilePath(name)).string, encoding: .utf8)
  }

  /// Edits a file of the copy.
  func edit(_ name: String, replacing old: String, with new: String) throws {
    let before = try text(name)
    try #require(before.contains(old), "no '\(old)' in \(name)")
    try write(before.replacing(old, with: new), to: name)
  }

  func write(_ text: String, to name: String) throws {
    let path = sources.pushing(FilePath(name))
    try FileManager.default.createDirectory(
      atPath: path.removingLastComponent().string, withIntermediateDirectories: true)
    try text.write(toFile: path.string, atomically: false, encoding: .utf8)
  }

  /// Gives every file of the template its content again, and removes what the template has not.
  func restore() throws {
    let files = FileManager.default
    func names(in folder: FilePath) throws -> Set<String> {
      Set(
        try files.subpathsOfDirectory(atPath: folder.string).filter {
          try folder.pushing(FilePath($0)).stat().type == .regular
        })
    }
    let originals = try names(in: template)
    for name in try names(in: sources).subtracting(originals) {
      try files.removeItem(atPath: sources.pushing(FilePath(name)).string)
    }
    for name in originals {
      let original = try String(
        contentsOfFile: template.pushing(FilePath(name)).string, encoding: .utf8)
      if (try? text(name)) != original { try write(original, to: name) }
    }
  }
}
