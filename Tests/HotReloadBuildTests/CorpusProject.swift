import HotReloadELF
import HotReloadLoader
import SystemPackage
import Testing

@testable import HotReloadBuild

/// The modules of Tests/Fixtures/Modules/corpus with their firmware, built for one chip the way a project is. The
/// linker is a script that notes its arguments, so that the very link can be done again at another address.
struct CorpusProject {
  /// What is compiled and how.
  struct Variant: CustomTestStringConvertible, Sendable {
    var chip: String
    /// Such as `-Os`.
    var level: String
    var isCompressed = true

    var testDescription: String { "\(chip) \(level)\(isCompressed ? "" : " without RVC")" }

    static let xtensaChips: Set = ["esp32", "esp32s2", "esp32s3", "qemu-xtensa"]
    var isXtensa: Bool { Self.xtensaChips.contains(chip) }

    /// The compiler of C, or of C++, for the chip.
    func compiler(ofCPlusPlus: Bool = false) -> [String] {
      isXtensa
        ? [Toolchain.xtensa(ofCPlusPlus ? "g++" : "gcc")]
        : [Toolchain.clang, "--target=riscv32-none-elf"] + architecture
    }

    /// What code for a module needs.
    var moduleOptions: [String] {
      isXtensa ? ["-mlongcalls", "-mtext-section-literals"] : ["-fPIC"]
    }

    /// What makes a shared object of a module.
    var linker: [String] { isXtensa ? [Toolchain.xtensa("ld")] : Toolchain.elfLinker }

    /// As ESP-IDF compiles for the chip.
    private var architecture: [String] {
      let compressed = isCompressed ? "c" : ""
      return switch chip {
      case "esp32c2", "esp32c3": ["-march=rv32im\(compressed)", "-mabi=ilp32"]
      case "esp32p4": ["-march=rv32imaf\(compressed)", "-mabi=ilp32f"]
      default: ["-march=rv32ima\(compressed)", "-mabi=ilp32"]
      }
    }
  }

  /// Sources of each module, in the corpus or, with a `/`, in the repository.
  static let modules = [
    "calls": ["calls.c"],
    "code_only": ["code_only.c"],
    "corpus": ["tables.c", "data.c", "imports.c", "many.c", "shapes.cpp"],
    "objects": ["objects.cpp", "/components/hotreload/module/lifecycle.c"],
    "zeros_only": ["zeros_only.c"],
  ]

  /// Those that call the firmware directly.
  static let calling: Set = ["calls", "objects"]

  let folder: TemporaryFolder
  let chip: Chip
  let plan: BuildPlan
  /// The firmware's symbols, as llvm-nm lists them.
  let firmwareSymbols: [String: UInt32]

  private static let corpus = Toolchain.root.pushing("Tests/Fixtures/Modules/corpus")

  init(_ variant: Variant, linker: [String]? = nil) async throws {
    let linker = linker ?? variant.linker
    folder = try TemporaryFolder()
    let name = Array(variant.chip.utf8)
    guard let chip = Chip.named(name.span) else {
      throw BuildFailure(.other, .unknownChip, variant.chip)
    }
    self.chip = chip
    let wrapper = try folder.write(Self.wrapper(linker[0]), to: "linker")
    try await Toolchain.run(["chmod", "755", wrapper.string])
    plan = try Self.plan(
      variant, in: folder, linker: .init(path: wrapper.string, arguments: Array(linker[1...])))
    let builder = ModuleBuilder(plan: plan)
    _ = try await builder.prepare()
    try await Self.linkFirmware(variant, chip, plan, in: folder)
    _ = try await builder.build()
    firmwareSymbols = try await Self.symbols(of: plan.firmware.path)
  }

  /// Notes the arguments beside the linker script.
  private static func wrapper(_ linker: String) -> String {
    """
    #!/bin/sh
    for argument; do
      case $argument in */module.ld) printf '%s\\n' "$@" >"$argument.arguments" ;; esac
    done
    exec "\(linker)" "$@"

    """
  }

  private static func plan(
    _ variant: Variant, in folder: TemporaryFolder, linker: BuildPlan.Linker
  ) throws -> BuildPlan {
    let build = folder.path.appending("build")
    var commands: [String] = []
    var planned: [BuildPlan.Module] = []
    for name in modules.keys.sorted() {
      let objects = build.appending("\(name).dir")
      try FileContents.createFolder(objects)
      let sources = (modules[name] ?? []).map { source($0).string }
      for source in sources {
        let object = objects.appending("\(FilePath(source).stem ?? "").o")
        let command =
          (compile(variant, ofCPlusPlus: source.hasSuffix(".cpp")) + [
            "-o", object.string, "-c", source,
          ])
          .map { "\"\($0)\"" }.joined(separator: ", ")
        commands.append(
          """
          {"directory": "\(build)", "file": "\(source)", "output": "\(object)", "arguments": [\(command)]}
          """)
      }
      planned.append(
        BuildPlan.Module(
          name: name, partition: .init(label: name, size: 65536, eraseSize: 4096),
          sources: sources, objectFolders: [objects.string]))
    }
    let list = try folder.write(
      "[\(commands.joined(separator: ","))]", to: "build/compile_commands.json")
    return BuildPlan(
      chip: variant.chip, linker: linker,
      firmware: .init(path: build.appending("firmware.elf").string, version: "1"),
      compileCommands: list.string, modules: planned,
      keyFile: build.appending("hotreload.key").string, buildFolder: build.string,
      rebuildCommand: ["cmake", "--build", build.string])
  }

  private static func source(_ name: String) -> FilePath {
    name.hasPrefix("/")
      ? Toolchain.root.pushing(FilePath(String(name.dropFirst()))) : corpus.appending(name)
  }

  private static func compile(_ variant: Variant, ofCPlusPlus: Bool) -> [String] {
    let standard = ["-std=c++20", "-fno-threadsafe-statics", "-fno-exceptions", "-fno-rtti"]
    return variant.compiler(ofCPlusPlus: ofCPlusPlus) + variant.moduleOptions + [
      "-ffreestanding", "-ffunction-sections", "-fdata-sections", variant.level, "-Wall",
      "-Wextra", "-Werror", "-I\(Toolchain.include)", "-Wno-array-bounds",
    ] + (ofCPlusPlus ? standard : [])
  }

  /// The firmware has its data where the chip has RAM.
  private static func linkFirmware(
    _ variant: Variant, _ chip: Chip, _ plan: BuildPlan, in folder: TemporaryFolder
  ) async throws {
    let script = try folder.write(
      """
      SECTIONS {
        . = 0x42000000;
        .text : { *(.text .text.*) }
        .note.gnu.build-id : { *(.note.gnu.build-id) }
        .rodata : { *(.rodata .rodata.* .srodata .srodata.*) }
        . = 0x\(Hexadecimal.text(chip.dataBus.start));
        .data : { *(.data .data.* .sdata .sdata.*) }
        .bss : { *(.bss .bss.* .sbss .sbss.*) }
      }
      """, to: "firmware.ld")
    let generated = [plan.output.stubs, plan.output.table, plan.output.firmwareSource]
    try await Toolchain.run(
      variant.compiler() + (variant.isXtensa ? variant.moduleOptions : ["-fuse-ld=lld"]) + [
        "-ffreestanding", "-Os", "-nostdlib",
        "-I\(Toolchain.root.pushing("components/hotreload/port"))", "-Wl,--build-id=sha1", "-T",
        script.string, "-o", plan.firmware.path, corpus.appending("firmware.c").string,
        plan.output.imports.string,
      ] + generated.map(\.string))
  }

  private static func symbols(of file: String) async throws -> [String: UInt32] {
    let list = try await ToolProcess.run([Toolchain.nm, "--defined-only", file])
    var symbols: [String: UInt32] = [:]
    for line in list.output.split(separator: "\n") {
      let words = line.split(separator: " ")
      if words.count == 3 { symbols[String(words[2])] = UInt32(words[0], radix: 16) }
    }
    return symbols
  }

  /// The sources of a module.
  static func sources(of module: String) -> [FilePath] { (modules[module] ?? []).map(source) }

  /// Links and packs other objects in the place of a module's own.
  func link(_ module: String, from objects: [FilePath]) async throws {
    guard let planned = plan.modules.first(where: { $0.name == module }) else { return }
    var read: [ObjectFile] = []
    for object in objects {
      read.append(
        try ObjectFile(FileContents.read(object), path: object.string, machine: .xtensa))
    }
    let compiled = ModuleBuilder.CompiledModule(
      module: planned, objects: objects, interface: try ModuleInterface(read),
      sections: read.reduce(into: []) { $0.formUnion($1.sections) },
      needsLifecycle: read.contains { $0.needsLifecycle })
    _ = try await Linker(plan: plan, module: planned, tools: StartedTools()).link(
      compiled, regions: ModuleRegions(chip), onLink: {})
    let firmware = try FirmwareImage(
      FileContents.read(FilePath(plan.firmware.path)), path: "firmware")
    let folder = plan.output.module(module)
    let packed = try Packer(chip: chip, firmware: firmware).pack(
      FileContents.read(folder.sharedObject), path: "module.so")
    try FileContents.write(packed.bytes(sequence: 1), to: folder.image)
  }

  /// The objects of a module, in the order of its sources.
  func objects(of module: String) -> [FilePath] {
    let folder = FilePath(plan.buildFolder).appending("\(module).dir")
    return Self.sources(of: module).map { folder.appending("\($0.stem ?? "").o") }
  }

  /// What a module leaves to the firmware.
  func imports(of module: String) throws -> Set<String> {
    let bytes = try FileContents.read(plan.output.module(module).sharedObject)
    let symbols = try ELFFile(bytes.span.raw).namedSymbols(.dynamicSymbolTable)
    return Set(symbols.filter { !$0.symbol.isDefined }.map(\.name))
  }
}
