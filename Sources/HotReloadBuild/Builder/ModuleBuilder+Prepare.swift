import HotReloadLoader
import SystemPackage

extension ModuleBuilder {
  /// Compiles the modules and writes what the firmware is linked with: stubs, tables, the imports to
  /// keep, key and chip. Files whose content would be the same are not touched.
  ///
  /// - Throws: whatever is wrong with the plan or the modules; `cancelled`.
  public func prepare() async throws(BuildFailure) -> BuildReport {
    let chip = try chip()
    return try await FileLock.holding(plan.output.lock) { () async throws(BuildFailure) in
      var report = BuildReport()
      do throws(BuildFailure) { try await prepareLocked(chip, &report) } catch {
        throw error.after(report.warnings)
      }
      return report
    }
  }

  private func prepareLocked(
    _ chip: Chip, _ report: inout BuildReport
  ) async throws(BuildFailure) {
    if let runtime = plan.runtime { try RuntimeArchive.check(FilePath(runtime), for: chip) }
    let output = plan.output
    var modules = try await compile(for: chip, &report)
    try Self.refuseDoubleExports(modules)
    // What archives need shows when they are linked.
    for index in modules.indices where !modules[index].module.linkInputs.isEmpty {
      try await link(modules[index], chip, &report)
      let path = output.module(modules[index].module.name).sharedObject
      let linked = try SharedObject(FileContents.read(path), path: path.string)
      modules[index].interface.addImports(of: linked, path: path.string)
    }

    let tables = modules.map {
      ExportTable(label: $0.module.partition.label, names: $0.interface.exports)
    }
    let key = try KeyFile.readOrCreate(FilePath(plan.keyFile))
    let firmware = FirmwareSourceGenerator.text(
      key: key, chip: chip.id, version: plan.firmware.version)
    for (path, text) in [
      (output.stubs, try StubsGenerator.text(tables, for: chip.instructionSet)),
      (output.table, try TableGenerator.text(tables, for: chip.instructionSet)),
    ] { try FileContents.writeIfChanged(Array(text.utf8), to: path) }
    try writeImports(modules)
    try FileContents.writeIfChanged(
      Array(firmware.utf8), to: output.firmwareSource, permissions: .ownerReadWrite)
    try writeDependencies()
    try FileContents.write([], to: output.prepareStamp)
  }

  /// Tells the build system when to prepare again: whenever a file changed that a module was made from, or the key.
  private func writeDependencies() throws(BuildFailure) {
    let rule = MakeRule(
      target: plan.output.prepareStamp.string,
      prerequisites: try inputs() + [FilePath(plan.keyFile)])
    try FileContents.write(Array(rule.text.utf8), to: plan.output.prepareDependencies)
  }

  static func refuseDoubleExports(_ modules: [CompiledModule]) throws(BuildFailure) {
    var owners: [String: String] = [:]
    for module in modules {
      for name in module.interface.exports {
        if let other = owners.updateValue(module.module.name, forKey: name) {
          throw BuildFailure(
            .buildFailed, .definedTwice,
            "'\(name)' is defined by the modules '\(other)' and '\(module.module.name)'",
            hint: "rename one of them, or make it static")
        }
      }
    }
  }
}
