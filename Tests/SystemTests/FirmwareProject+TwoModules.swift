import SystemPackage

extension FirmwareProject {
  /// Where the tools of `twoModules()` write down what is started.
  static let counted = Task { try await CountedTools(in: Repository.scratch.appending("tools")) }

  /// A firmware with a module of two components, and one in a partition of its own. As new at every call, and built.
  /// For `riscv32` with a toolchain that counts.
  static func twoModules(on board: Board = .riscv32) async throws -> FirmwareProject {
    let project = try await shared(
      "two-modules", { .fixture("TwoModules", firmware: "two") }, on: board,
      options: board.name == Board.riscv32.name ? counted.value.options : [])
    try await project.build()
    return project
  }
}
