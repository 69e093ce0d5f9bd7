import HotReloadBuild
import HotReloadLoader
import HotReloadPort
import SystemPackage

/// One finished image, checked by the loader of the chip that it is for.
struct ModuleToSend: Equatable, Sendable {
  /// Its name in the plan.
  var name: String
  var partition: String
  var image: [UInt8]
  /// Module build-ID, 64 hex digits.
  var id: String
  /// Build-ID of the firmware that it is bound to, 64 hex digits.
  var firmwareID: String

  /// Reads the image of a module of the plan.
  ///
  /// - Throws: exit 5 if no device would load it.
  init(_ module: BuildPlan.Module, of plan: BuildPlan) throws(CommandFailure) {
    let path = plan.output.module(module.name).image
    guard InputFile.exists(path) else {
      throw CommandFailure(
        .buildFailed, "there is no image of module '\(module.name)': \(path)",
        hint: "build it first: hotreload build")
    }
    try self.init(
      name: module.name, partition: module.partition.label, image: InputFile.read(path),
      chip: plan.chip, path: path)
  }

  init(
    name: String, partition: String, image: [UInt8], chip: String, path: FilePath
  ) throws(CommandFailure) {
    guard let knownChip = ChipName.find(chip) else {
      throw CommandFailure(
        .failure, "the build plan is for the chip '\(chip)', which this tool does not know",
        hint: "known are \(ChipName.all.joined(separator: ", "))")
    }
    let manifest: ModuleManifest?
    do throws(LoaderError) {
      let module = try ModuleImage(image.view, chip: knownChip)
      try module.check()
      manifest = module.manifest
    } catch {
      throw CommandFailure(
        .unloadable, "\(path): \(LoaderErrorText.describe(error, of: image, for: knownChip))",
        hint: "`hotreload inspect \(path)` shows what is in it")
    }
    guard let manifest else {
      throw CommandFailure(
        .unloadable, "\(path) is a plain shared object: it names no firmware",
        hint: "`hotreload build` makes images that do")
    }
    self.name = name
    self.partition = partition
    self.image = image
    id = HexText.encode(manifest.moduleID)
    firmwareID = HexText.encode(manifest.firmwareID)
  }
}
