import HotReloadELF
import SystemPackage

@testable import HotReloadBuild

/// A module of two Swift files and a bridging header in a temporary folder, as `hotreload_add_module()` would
/// plan it.
final class SwiftProject: Sendable {
  static let main = """
    @c(run) public func run(_ count: CInt) -> CInt { largest([count, firmware(count)]) }

    """
  static let generic = """
    func largest<T: Comparable>(_ values: [T]) -> T {
      values.reduce(values[0]) { $0 > $1 ? $0 : $1 }
    }

    """

  let folder: TemporaryFolder
  let plan: BuildPlan

  init(
    main: String = main, options more: [String] = [], compiler: String = Toolchain.swiftc,
    objects folderName: String = "m.dir"
  ) throws {
    folder = try TemporaryFolder()
    let build = folder.path.appending("build")
    let header = try folder.write("#include \"firmware.h\"\n", to: "bridging.h")
    try folder.write(
      "int firmware(int);\nvoid say(const char *);\nvoid send(const unsigned char *);\n",
      to: "firmware.h")
    let sources = [
      try folder.write(main, to: "main.swift"), try folder.write(Self.generic, to: "generic.swift"),
    ]
    let options =
      Toolchain.swiftOptions + ["-module-name", "m", "-import-objc-header", header.string] + more
    let optionsFile = try folder.write(
      options.map { $0 + "\n" }.joined(), to: "build/hotreload/m.swift-options")
    let commands = try folder.write("[]", to: "build/compile_commands.json")
    let objects = build.appending("CMakeFiles/\(folderName)")
    plan = BuildPlan(
      chip: "esp32c3", linker: .init(path: Toolchain.linker, arguments: ["-m", "elf32lriscv"]),
      firmware: .init(path: build.appending("firmware.elf").string, version: "1"),
      compileCommands: commands.string,
      modules: [
        .init(
          name: "m", partition: .init(label: "m", size: 65536, eraseSize: 4096), sources: [],
          swift: [
            .init(
              compiler: compiler, options: optionsFile.string,
              sources: sources.map(\.string), object: objects.appending("m.swift.o").string)
          ],
          objectFolders: [objects.string])
      ],
      keyFile: build.appending("hotreload.key").string, buildFolder: build.string,
      rebuildCommand: ["cmake", "--build", build.string])
  }

  var builder: ModuleBuilder { ModuleBuilder(plan: plan) }

  /// Whether `prepare` had something to compile.
  func compiles() async throws -> Bool {
    try await !builder.prepare().steps.isEmpty
  }

  /// What the object offers and needs.
  func interface() throws -> ModuleInterface {
    let object = plan.modules[0].swift?[0].object ?? ""
    return try ModuleInterface([
      ObjectFile(FileContents.read(FilePath(object)), path: object, machine: .riscv)
    ])
  }
}
