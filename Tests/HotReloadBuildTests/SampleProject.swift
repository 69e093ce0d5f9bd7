import HotReloadLoader
import SystemPackage

@testable import HotReloadBuild

/// A firmware with modules in a temporary folder, built the way CMake builds it, without CMake.
final class SampleProject: Sendable {
  let folder: TemporaryFolder
  let plan: BuildPlan
  /// Whether firmware and modules are compiled by GCC for Xtensa, not by clang for RISC-V.
  private let isXtensa: Bool

  /// The original's example.
  static let greeting = """
    int printf(const char *, ...);
    const char *esp_get_idf_version(void);
    static int reloadable_hello_count;
    static const char *reloadable_greeting = "Hello";
    void reloadable_init(void) { reloadable_hello_count = 0; }
    void reloadable_hello(const char *name)
    {
        printf("%s, %s, from %s! %d\\n", reloadable_greeting, name, esp_get_idf_version(),
               reloadable_hello_count++);
    }

    """

  /// What the runtime and the board provide, as far as a link needs it.
  static let firmware = """
    #include "hotreload_port.h"
    int printf(const char *format, ...) { return format[0]; }
    const char *esp_get_idf_version(void) { return "v1"; }
    __attribute__((noinline, visibility("hidden"))) int helper(int x) { return x * 3; }
    static int secret(int x) { return x * 5; }
    int (*volatile keep)(int) = secret;
    const char *hotreload_symbol_of_slot(const void *slot) { return slot ? "?" : "!"; }
    void hotreload_port_empty_slot(const char *symbol) { (void)symbol; for (;;) { } }
    extern const uint8_t hotreload_key[32];
    int _start(void) {
      return keep(hotreload_port_tables[hotreload_port_table_count - 1]->count)
        + helper(hotreload_key[0]);
    }

    """

  private static let linkerScript = """
    ENTRY(_start)
    SECTIONS {
      . = 0x42000000;
      .text : { *(.text .text.*) }
      .note.gnu.build-id : { *(.note.gnu.build-id) }
      .rodata : { *(.rodata .rodata.* .srodata .srodata.*) }
      . = 0x3FC90000;
      .data : { *(.data .data.* .sdata .sdata.*) }
      .bss : { *(.bss .bss.* .sbss .sbss.*) }
    }
    """

  private static let lifecycle = Toolchain.root.appending("components/hotreload/module/lifecycle.c")

  /// Every source is a module of its own: `<name>.c` is module `<name>` in the partition `<name>`.
  ///
  /// - Parameters:
  ///   - suffix: of the sources' names.
  ///   - lifecycle: whether the modules have what runs constructors, as those of CMake do.
  init(
    _ modules: [String: String] = ["reloadable": greeting], firmware: String = firmware,
    chip: String = "esp32c3", options: [String] = Toolchain.moduleOptions,
    compiler: String = Toolchain.clang, suffix: String = "c", lifecycle: Bool = false
  ) throws {
    folder = try TemporaryFolder()
    let build = folder.path.appending("build")
    var commands: [String] = []
    var planned: [BuildPlan.Module] = []
    for name in modules.keys.sorted() {
      let source = try folder.write(modules[name] ?? "", to: "\(name).\(suffix)")
      try FileContents.createFolder(build.appending("CMakeFiles/\(name).dir"))
      let sources = lifecycle ? [source, Self.lifecycle] : [source]
      for source in sources {
        let object = "CMakeFiles/\(name).dir/\(source.stem ?? "").c.o"
        let own = source == Self.lifecycle ? ["-fno-lto"] : []
        let command = ([compiler] + options + own + ["-o", object, "-c"])
          .map { "\"\($0)\"" }.joined(separator: ", ")
        commands.append(
          """
          {"directory": "\(build)", "file": "\(source)", "output": "\(object)",
           "arguments": [\(command), "\(source)"]}
          """)
      }
      planned.append(
        BuildPlan.Module(
          name: name, partition: .init(label: name, size: 65536, eraseSize: 4096),
          sources: sources.map(\.string), objectFolders: ["\(build)/CMakeFiles/\(name).dir"]))
    }
    try folder.write("[\(commands.joined(separator: ","))]", to: "build/compile_commands.json")
    try folder.write(firmware, to: "main.c")
    try folder.write(Self.linkerScript, to: "firmware.ld")
    isXtensa = compiler == Toolchain.xtensa("gcc")
    plan = BuildPlan(
      chip: chip,
      linker: isXtensa
        ? .init(path: Toolchain.xtensa("ld"))
        : .init(path: Toolchain.linker, arguments: ["-m", "elf32lriscv"]),
      firmware: .init(path: build.appending("firmware.elf").string, version: "1"),
      compileCommands: build.appending("compile_commands.json").string, modules: planned,
      keyFile: build.appending("hotreload.key").string, buildFolder: build.string,
      rebuildCommand: ["cmake", "--build", build.string])
  }

  /// A project for ESP32, all of GCC.
  static func xtensa(
    _ modules: [String: String] = ["reloadable": greeting], firmware: String = firmware,
    options: [String] = Toolchain.xtensaModuleOptions, lifecycle: Bool = false
  ) throws -> SampleProject {
    try SampleProject(
      modules, firmware: firmware, chip: "esp32", options: options,
      compiler: Toolchain.xtensa("gcc"), lifecycle: lifecycle)
  }

  var builder: ModuleBuilder { ModuleBuilder(plan: plan) }

  func edit(_ name: String, _ text: String) throws { try folder.write(text, to: "\(name).c") }

  /// Compiles and links the firmware with what `prepare` wrote.
  func linkFirmware() async throws {
    let sources = [plan.output.stubs, plan.output.table, plan.output.firmwareSource].map(\.string)
    let include = Toolchain.root.appending("components/hotreload/port")
    try await Toolchain.run(
      (isXtensa
        ? [Toolchain.xtensa("gcc")] + Toolchain.xtensaModuleOptions
        : [Toolchain.clang, "-fuse-ld=lld"] + Toolchain.options) + [
          "-Os", "-Wall", "-Wextra", "-Werror", "-nostdlib", "-I\(include)",
          "-Wl,--gc-sections", "-Wl,--build-id=sha1", "-T",
          folder.path.appending("firmware.ld").string,
          "-o", plan.firmware.path, folder.path.appending("main.c").string,
          plan.output.imports.string,
        ] + sources)
  }

  /// Everything, as a first build does it.
  @discardableResult
  func buildAll() async throws -> BuildReport {
    _ = try await builder.prepare()
    try await linkFirmware()
    return try await builder.build()
  }

  func object(of name: String) -> FilePath {
    FilePath(plan.buildFolder).appending("CMakeFiles/\(name).dir/\(name).c.o")
  }
}
