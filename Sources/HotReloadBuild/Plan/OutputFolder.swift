import SystemPackage

/// The layout of `<build folder>/hotreload`. `cmake/plan.cmake` names the same files.
public struct OutputFolder: Equatable, Sendable {
  /// The folder itself.
  public var path: FilePath

  /// The layout below `path`.
  public init(path: FilePath) { self.path = path }

  /// Stubs of all modules, a source of the firmware.
  public var stubs: FilePath { path.appending("stubs.S") }
  /// Symbol tables of all modules, a source of the firmware.
  public var table: FilePath { path.appending("table.c") }
  /// Key, chip and version, a source of the firmware.
  public var firmwareSource: FilePath { path.appending("hotreload_firmware.c") }
  /// What the firmware has to keep for the modules, an input of its link.
  public var imports: FilePath { path.appending("imports.ld") }
  /// Touched by every `prepare`.
  public var prepareStamp: FilePath { path.appending("prepare.stamp") }
  /// Make rule: what `prepare.stamp` depends on.
  public var prepareDependencies: FilePath { path.appending("prepare.d") }
  /// Held by whoever builds.
  public var lock: FilePath { path.appending("lock") }

  /// The files of one module.
  public func module(_ name: String) -> ModuleFolder { ModuleFolder(path: path.appending(name)) }

  /// The layout of `<build folder>/hotreload/<module>`.
  public struct ModuleFolder: Equatable, Sendable {
    /// The folder itself.
    public var path: FilePath

    /// Which symbols the module exports.
    public var versionScript: FilePath { path.appending("exports.ver") }
    /// Places the module's regions where the chip has them.
    public var linkerScript: FilePath { path.appending("module.ld") }
    /// Machine code of the objects that were compiled with -flto.
    public var optimizedObject: FilePath { path.appending("optimized.o") }
    /// The linked module with symbols and debug information: for debuggers.
    public var sharedObject: FilePath { path.appending("module.so") }
    /// What is sent to the device.
    public var image: FilePath { path.appending("module.elf") }
    /// What was sent before, or might have been.
    public var images: FilePath { path.appending("images") }
    /// What is flashed: the image in slot 0, confirmed.
    public var partitionImage: FilePath { path.appending("partition.bin") }
    /// The last sequence number, in decimal.
    public var sequence: FilePath { path.appending("sequence") }
  }
}
