import SystemPackage

/// Everything that building a module needs to know, written once by CMake as `hotreload-plan.json` in
/// the build folder: from then on no CMake, ninja or idf.py is in the loop.
///
/// All paths are absolute.
public struct BuildPlan: Codable, Equatable, Sendable {
  /// The only version of the plan that this tool writes or reads.
  public static let currentVersion = 1
  /// As many modules as a chip has records for.
  public static let maximumModuleCount = 8
  /// What the file is called in the build folder.
  public static let fileName = "hotreload-plan.json"

  /// Version of the plan's layout, `currentVersion`.
  public var version: Int
  /// Name of the chip, one of `HotReloadLoader`'s chips (`esp32c3`, `qemu-riscv32`, …).
  public var chip: String
  /// Folder of the board that the firmware runs on (`hotreload run`), if it is a virtual one.
  public var board: String?
  /// How modules are linked.
  public var linker: Linker
  /// The archive of the runtime that the firmware is linked with, if the plan's maker says so: `prepare` refuses one
  /// for another chip.
  public var runtime: String?
  /// The firmware's ELF file, which the modules are bound to.
  public var firmware: Firmware
  /// CMake's `compile_commands.json`: the exact command of every module source.
  public var compileCommands: String
  /// The modules of this firmware: one a partition, in the order of their first mention, at most
  /// `maximumModuleCount`.
  public var modules: [Module]
  /// The 32-byte upload key of this build folder (`KeyFile`).
  public var keyFile: String
  /// Where the device listens, `http://host:port`, if the project says so.
  public var deviceURL: String?
  /// CMake's build folder. What is built from the plan goes into its subfolder `hotreload`.
  public var buildFolder: String
  /// The command that rebuilds the firmware; messages name it.
  public var rebuildCommand: [String]

  /// `rebuildCommand` as a user types it into a shell.
  public var rebuildCommandLine: String { ShellWords.line(rebuildCommand) }

  /// The linker of modules.
  public struct Linker: Codable, Equatable, Sendable {
    /// The linker itself (`ld.lld`, `riscv32-esp-elf-ld`), not a compiler driver.
    public var path: String
    /// What to say before everything else, such as `["-m", "elf32lriscv"]`.
    public var arguments: [String]

    /// How every call of it begins.
    var command: [String] { [path] + arguments }

    /// Creates the description of a linker.
    public init(path: String, arguments: [String] = []) {
      self.path = path
      self.arguments = arguments
    }
  }

  /// The firmware that calls the modules.
  public struct Firmware: Codable, Equatable, Sendable {
    /// Its ELF file.
    public var path: String
    /// The application's version, for people: becomes `hotreload_version` in the firmware.
    public var version: String
    /// What tells it from other firmware; nil is `buildID`.
    public var identity: FirmwareIdentity?

    /// Creates the description of a firmware.
    public init(path: String, version: String, identity: FirmwareIdentity? = nil) {
      self.path = path
      self.version = version
      self.identity = identity
    }
  }

  /// One module: all reloadable code of one partition.
  public struct Module: Codable, Equatable, Sendable {
    /// Names its folder below `<build folder>/hotreload` and messages: letters, digits, `_`, `-`, `.`.
    public var name: String
    /// Where it lives in flash.
    public var partition: Partition
    /// Its source files, apart from Swift's: each has an entry in `compileCommands`.
    public var sources: [String]
    /// Its sources in Swift; nil if it has none.
    public var swift: [SwiftSources]?
    /// Folders of CMake's object files: the entries of `compile_commands.json` whose output lies in one
    /// of them belong to the module. `…/CMakeFiles/<target>.dir`.
    public var objectFolders: [String]
    /// Further inputs of the module's link: archives, objects.
    public var linkInputs: [String]

    /// Creates the description of a module.
    public init(
      name: String, partition: Partition, sources: [String], swift: [SwiftSources]? = nil,
      objectFolders: [String], linkInputs: [String] = []
    ) {
      self.name = name
      self.partition = partition
      self.sources = sources
      self.swift = swift
      self.objectFolders = objectFolders
      self.linkInputs = linkInputs
    }
  }

  /// Sources in Swift that are one Swift module: they are compiled together, into one object file.
  public struct SwiftSources: Codable, Equatable, Sendable {
    /// swiftc.
    public var compiler: String
    /// A file with its options, one a line, as they are: all but those that name sources and outputs.
    public var options: String
    /// The sources.
    public var sources: [String]
    /// The object file.
    public var object: String
    /// The core of Xtensa that it is for; nil on RISC-V.
    public var core: String?
    /// LLVM's folder `bin`, which the core takes; nil: looked for in PATH.
    public var llvm: String?

    /// Creates the description of a compilation.
    public init(
      compiler: String, options: String, sources: [String], object: String, core: String? = nil,
      llvm: String? = nil
    ) {
      self.compiler = compiler
      self.options = options
      self.sources = sources
      self.object = object
      self.core = core
      self.llvm = llvm
    }
  }

  /// A flash partition.
  public struct Partition: Codable, Equatable, Sendable {
    /// 1 to 16 bytes.
    public var label: String
    /// Bytes; a multiple of `eraseSize`, at least two of them.
    public var size: UInt32
    /// Bytes of one erase unit, a power of two of at least 1024.
    public var eraseSize: UInt32

    /// Creates the description of a partition.
    public init(label: String, size: UInt32, eraseSize: UInt32) {
      self.label = label
      self.size = size
      self.eraseSize = eraseSize
    }
  }

  /// Creates a plan of the current version.
  public init(
    chip: String, board: String? = nil, linker: Linker, runtime: String? = nil, firmware: Firmware,
    compileCommands: String, modules: [Module], keyFile: String, deviceURL: String? = nil,
    buildFolder: String, rebuildCommand: [String]
  ) {
    self.version = Self.currentVersion
    self.chip = chip
    self.board = board
    self.linker = linker
    self.runtime = runtime
    self.firmware = firmware
    self.compileCommands = compileCommands
    self.modules = modules
    self.keyFile = keyFile
    self.deviceURL = deviceURL
    self.buildFolder = buildFolder
    self.rebuildCommand = rebuildCommand
  }
}

extension BuildPlan {
  /// Where everything that is built from this plan lies.
  public var output: OutputFolder {
    OutputFolder(path: FilePath(buildFolder).appending("hotreload"))
  }
}
