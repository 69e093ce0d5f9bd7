import HotReloadBuild
import HotReloadClient
import SystemPackage

/// What applies in this project: flags over environment over `hotreload.toml` over the build plan.
struct Settings: Sendable {
  /// What was typed.
  struct Flags: Equatable, Sendable {
    var url: String?
    var plan: String?
    /// Labels of the partitions whose modules are meant; empty for all.
    var partitions: [String] = []
  }

  private let flags: Flags
  private let context: Context
  private let file: SettingsFile?

  /// Reads the nearest `hotreload.toml`.
  init(_ flags: Flags, in context: Context) throws(CommandFailure) {
    self.flags = flags
    self.context = context
    file = try SettingsFile.find(in: context.foldersUpward)
  }

  /// Where the build plan is; nil if nobody says so and none is found.
  func planPath() -> Setting<FilePath>? {
    if let path = flags.plan {
      return Setting(value: context.resolve(path), origin: .flag("--plan"))
    }
    if let path = variable("HOTRELOAD_PLAN") {
      return Setting(value: context.resolve(path), origin: .environment("HOTRELOAD_PLAN"))
    }
    if let file, let path = file.plan { return Setting(value: path, origin: .file(file.path)) }
    for folder in context.foldersUpward {
      let path = folder.appending("build").appending(BuildPlan.fileName)
      if InputFile.exists(path) { return Setting(value: path, origin: .search) }
    }
    return nil
  }

  /// The build plan, with the modules that are meant; nil as above. A plan that is not where somebody says is
  /// wrong usage, as no plan is.
  func planIfPresent() throws(CommandFailure) -> Setting<BuildPlan>? {
    guard let path = planPath() else { return nil }
    guard InputFile.exists(path.value) else {
      throw CommandFailure(
        .usage, "there is no build plan at \(path.value) (\(path.origin))", hint: Self.planHint)
    }
    let plan = try CommandFailure.building { () throws(BuildFailure) in
      try BuildPlan(contentsOf: path.value)
    }
    return Setting(value: try limited(plan), origin: path.origin)
  }

  /// The plan with the modules that are meant.
  private func limited(_ plan: BuildPlan) throws(CommandFailure) -> BuildPlan {
    let known = plan.modules.map(\.partition.label)
    if let unknown = flags.partitions.first(where: { !known.contains($0) }) {
      throw CommandFailure(
        .usage, "no module has the partition '\(unknown)'",
        hint: "there are modules in: \(known.joined(separator: ", "))")
    }
    var limited = plan
    if !flags.partitions.isEmpty {
      limited.modules.removeAll { !flags.partitions.contains($0.partition.label) }
    }
    return limited
  }

  /// The build plan.
  func plan() throws(CommandFailure) -> Setting<BuildPlan> {
    guard let plan = try planIfPresent() else {
      throw CommandFailure(
        .usage, "no build plan: there is no build/\(BuildPlan.fileName) here or above",
        hint: Self.planHint)
    }
    return plan
  }

  private static let planHint =
    "build the firmware first, or name its plan: --plan build/\(BuildPlan.fileName)"

  /// The device.
  func url(_ plan: BuildPlan?) throws(CommandFailure) -> Setting<DeviceURL> {
    let text: Setting<String>
    if let url = flags.url {
      text = Setting(value: url, origin: .flag("--url"))
    } else if let url = variable("HOTRELOAD_URL") {
      text = Setting(value: url, origin: .environment("HOTRELOAD_URL"))
    } else if let file, let url = file.url {
      text = Setting(value: url, origin: .file(file.path))
    } else if let url = plan?.deviceURL, let path = planPath()?.value {
      text = Setting(value: url, origin: .plan(path))
    } else {
      throw CommandFailure(
        .usage, "no device: nobody says its URL",
        hint: "pass --url http://DEVICE, or set HOTRELOAD_URL, or url in \(SettingsFile.name)")
    }
    do throws(DeviceURLError) {
      return Setting(value: try DeviceURL(text.value), origin: text.origin)
    } catch {
      throw CommandFailure(
        .usage, "'\(error.text)' is no device URL: \(error.reason) (\(text.origin))",
        hint: "such as http://192.168.1.7:8080")
    }
  }

  /// Where the upload key is.
  func keyFile(_ plan: BuildPlan) -> Setting<FilePath> {
    if let path = variable("HOTRELOAD_KEY_FILE") {
      return Setting(value: context.resolve(path), origin: .environment("HOTRELOAD_KEY_FILE"))
    }
    if let file, let path = file.keyFile { return Setting(value: path, origin: .file(file.path)) }
    return Setting(
      value: FilePath(plan.keyFile), origin: planPath().map { .plan($0.value) } ?? .search)
  }

  /// Folders that hold boards, each in a folder of its name, in the order of the search.
  func boardFolders() -> [FilePath] {
    let variable = variable("HOTRELOAD_BOARDS")?.split(separator: ":") ?? []
    return variable.map { context.resolve(String($0)) } + (file?.boards ?? [])
      + context.foldersUpward.map { $0.appending("Boards") }
  }

  private func variable(_ name: String) -> String? {
    context.environment[name].flatMap { $0.isEmpty ? nil : $0 }
  }
}
