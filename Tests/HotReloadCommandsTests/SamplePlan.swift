import HotReloadBuild
import SystemPackage

@testable import HotReloadCommands

extension TestWorld {
  /// Writes a build plan below `folder`.
  ///
  /// - Parameter modules: names and the labels of their partitions.
  @discardableResult
  func writePlan(
    in build: String = "build", deviceURL: String? = nil, board: String? = nil,
    chip: String = "qemu-riscv32",
    modules: [(name: String, label: String)] = [("reloadable", "hotreload")]
  ) throws -> BuildPlan {
    let folder = path(build).string
    let plan = BuildPlan(
      chip: chip, board: board, linker: .init(path: "/usr/bin/true"),
      firmware: .init(path: folder + "/firmware.elf", version: "1"),
      compileCommands: folder + "/compile_commands.json",
      modules: modules.map { module in
        .init(
          name: module.name,
          partition: .init(label: module.label, size: 524_288, eraseSize: 262_144),
          sources: [folder + "/\(module.name).c"], objectFolders: [folder + "/objects"])
      },
      keyFile: folder + "/hotreload.key", deviceURL: deviceURL, buildFolder: folder,
      rebuildCommand: ["ninja", "-C", folder])
    try write(try plan.encoded(), to: build + "/hotreload-plan.json")
    return plan
  }
}
