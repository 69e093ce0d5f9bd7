import HotReloadBuild
import SystemPackage

@testable import HotReloadCommands

extension TestWorld {
  /// Writes a build plan below `folder`.
  @discardableResult
  func writePlan(
    in build: String = "build", deviceURL: String? = nil, board: String? = nil
  ) throws -> BuildPlan {
    let folder = path(build).string
    let plan = BuildPlan(
      chip: "qemu-riscv32", board: board, linker: .init(path: "/usr/bin/true"),
      firmware: .init(path: folder + "/firmware.elf", version: "1"),
      compileCommands: folder + "/compile_commands.json",
      modules: [
        .init(
          name: "reloadable",
          partition: .init(label: "hotreload", size: 524_288, eraseSize: 262_144),
          sources: [folder + "/reloadable.c"], objectFolders: [folder + "/objects"])
      ],
      keyFile: folder + "/hotreload.key", deviceURL: deviceURL, buildFolder: folder,
      rebuildCommand: ["ninja", "-C", folder])
    try write(try plan.encoded(), to: build + "/hotreload-plan.json")
    return plan
  }
}
