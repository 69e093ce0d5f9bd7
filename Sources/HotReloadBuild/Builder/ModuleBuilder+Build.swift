import HotReloadLoader
import SystemPackage

extension ModuleBuilder {
  /// Compiles, links and packs the modules for the firmware that the plan names. An image that would
  /// differ only by its sequence is not touched.
  ///
  /// - Parameter products: `images` leaves the rest to `writePartitionImages`.
  /// - Throws: `firmwareMissing`; `exportsChanged` if the firmware has other stubs than the modules have
  ///   exports; `definedTwice`; whatever is wrong with the plan or the modules; `cancelled`.
  public func build(
    _ products: BuildProducts = .all
  ) async throws(BuildFailure) -> BuildReport {
    let chip = try chip()
    return try await FileLock.holding(plan.output.lock) { () async throws(BuildFailure) in
      var report = BuildReport()
      do throws(BuildFailure) { try await buildLocked(products, chip, &report) } catch {
        prepareAgain(after: error)
        throw error.after(report.warnings)
      }
      return report
    }
  }

  private func buildLocked(
    _ products: BuildProducts, _ chip: Chip, _ report: inout BuildReport
  ) async throws(BuildFailure) {
    report.isComplete = products == .all
    let modules = try await compile(for: chip, &report)
    try Self.refuseDoubleExports(modules)
    let firmware = try firmware()
    let tables = try firmware.tables()
    for compiled in modules {
      try check(compiled, against: tables, firmware)
      try await link(compiled, chip, &report)
      let start = ContinuousClock.now
      let packer = Packer(chip: chip, firmware: firmware)
      do throws(BuildFailure) {
        report.modules.append(try pack(compiled, products, packer, &report.warnings))
      } catch {
        throw try advised(error, compiled, firmware)
      }
      report.steps.append(
        BuildStep(.pack, module: compiled.module.name, duration: ContinuousClock.now - start))
    }
  }

  private func firmware() throws(BuildFailure) -> FirmwareImage {
    let path = plan.firmware.path
    let identity = plan.firmware.identity ?? .buildID
    return try memory.firmware.value(of: FilePath(path), as: "\(identity)") {
      () throws(BuildFailure) in
      guard let bytes = try FileContents.readIfPresent(FilePath(path)) else {
        throw BuildFailure(
          .other, .firmwareMissing, "there is no firmware at \(path)",
          hint: "build it first: \(rebuildCommand)")
      }
      return try FirmwareImage(bytes, path: path, identity: identity)
    }
  }

  /// The stubs of the firmware and the exports of the module have to be the same list.
  private func check(
    _ compiled: CompiledModule, against tables: [ExportTable], _ firmware: FirmwareImage
  ) throws(BuildFailure) {
    let label = compiled.module.partition.label
    let exports = compiled.interface.exports
    guard let table = tables.first(where: { $0.label == label }) else {
      throw BuildFailure(
        .buildFailed, .exportsChanged,
        "the firmware has no symbol table for the partition '\(label)': \(wayToNewFirmware)",
        hint: rebuildCommand)
    }
    let gained = Set(exports).subtracting(table.names).sortedByBytes()
    let lost = Set(table.names).subtracting(exports).sortedByBytes()
    guard !gained.isEmpty || !lost.isEmpty else { return }
    // A function that moved from one module to another is a stub in the firmware until that is linked again.
    let stubs = Set(tables.lazy.flatMap { $0.names })
    let own = Set(gained).subtracting(stubs)
    if let name = try firmware.addresses(of: own).keys.sortedByBytes().first {
      throw BuildFailure(
        .buildFailed, .definedTwice,
        "'\(name)' is defined by the module '\(compiled.module.name)' and by the firmware",
        hint: "rename one of them, or make it static; if you moved it: \(rebuildCommand)")
    }
    let changes = gained.map { "+\($0)" } + lost.map { "−\($0)" }
    throw BuildFailure(
      .buildFailed, .exportsChanged,
      "exports changed: \(changes.joined(separator: " ")): \(wayToNewFirmware)"
        + (gained.isEmpty ? "" : "; or make it static if only the module uses it"),
      hint: rebuildCommand)
  }

  /// Links if something has changed.
  func link(
    _ compiled: CompiledModule, _ chip: Chip, _ report: inout BuildReport
  ) async throws(BuildFailure) {
    let name = compiled.module.name
    let start = ContinuousClock.now
    let output = try await Linker(plan: plan, module: compiled.module, tools: memory.tools).link(
      compiled, regions: ModuleRegions(chip),
      onLink: { onEvent(.linking(module: name)) })
    guard let output else { return }
    let duration = ContinuousClock.now - start
    report.steps.append(BuildStep(.link, module: name, duration: duration))
    if !output.isEmpty { report.warnings.append(output) }
  }

  private func pack(
    _ compiled: CompiledModule, _ products: BuildProducts, _ packer: Packer,
    _ warnings: inout [String]
  ) throws(BuildFailure) -> BuiltModule {
    let module = compiled.module
    let folder = plan.output.module(module.name)
    onEvent(.packing(module: module.name))
    let neededBy = Dictionary(
      compiled.interface.imports.map { ($0.name, $0.neededBy) },
      uniquingKeysWith: { first, _ in first })
    let packed = try packer.pack(
      FileContents.read(folder.sharedObject), path: folder.sharedObject.string, neededBy: neededBy)

    let sequences = PackSequence(file: folder.sequence)
    let previous = try FileContents.readIfPresent(folder.image)
    let kept = previous.flatMap { packed.sequence(ofEqualImage: $0) }
    let sequence = if let kept { kept } else { try sequences.next() }
    let image = packed.bytes(sequence: sequence)
    switch products {
    // First: once module.elf is there, both are.
    case .all: try writePartitionImage(of: image, module)
    case .images: try PartitionImage.check(image.count, fits: module.partition)
    }
    if kept == nil {
      warnings += packed.warnings
      warnings += KeptVariable.notes(
        of: packed.kept, after: keptVariables(ofImage: previous ?? [], packer.chip))
      try sequences.record(sequence)
      keep(previous, of: folder, packer.chip)
      try FileContents.write(image, to: folder.image)
    }
    return BuiltModule(
      name: module.name, partition: module.partition.label, image: folder.image,
      partitionImage: folder.partitionImage, sharedObject: folder.sharedObject, id: packed.id,
      sequence: sequence, size: image.count, exports: packed.exports, kept: packed.kept,
      changed: kept == nil)
  }

  /// Keeps an image that is about to be replaced, if it is one: a device may have it.
  private func keep(_ image: [UInt8]?, of folder: OutputFolder.ModuleFolder, _ chip: Chip) {
    guard let image else { return }
    do throws(LoaderError) {
      guard let manifest = try ModuleImage(image.span.raw, chip: chip).manifest else { return }
      ImageHistory(folder).keep(image, sequence: manifest.sequence)
    } catch {
      // Another format, or no module: no device has it.
      return
    }
  }

  /// What the module that was built before keeps; none if there was none, or one of another format.
  private func keptVariables(ofImage bytes: [UInt8], _ chip: Chip) -> [KeptVariable] {
    do throws(LoaderError) {
      return try KeptVariable.all(in: ModuleImage(bytes.span.raw, chip: chip))
    } catch {
      return []
    }
  }
}
