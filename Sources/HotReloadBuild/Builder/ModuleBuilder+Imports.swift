import SystemPackage

extension ModuleBuilder {
  /// Writes `imports.ld`, unless the firmware has all that the modules need: to link it again would give it
  /// another build-ID, and the running device would refuse every module until it is flashed.
  ///
  /// For the same reason what a module needs no longer stays in the list. But what the firmware does not have goes: a
  /// link that failed over it would fail for ever.
  func writeImports(_ modules: [CompiledModule]) throws(BuildFailure) {
    let path = plan.output.imports
    let needed = ImportsGenerator.names(modules.map { $0.interface })
    let previous = try FileContents.readIfPresent(path)
    let listed = ImportsGenerator.names(in: String(decoding: previous ?? [], as: UTF8.self))
    let defined = definedByFirmware(needed.union(listed))
    if previous != nil, let defined, needed.isSubset(of: defined) { return }
    let text = try ImportsGenerator.text(names: needed.union(listed.intersection(defined ?? [])))
    try FileContents.writeIfChanged(Array(text.utf8), to: path)
  }

  /// Those of `names` that the firmware has; nil if it is not there, or cannot be read: then it is about to be linked.
  private func definedByFirmware(_ names: Set<String>) -> Set<String>? {
    do throws(BuildFailure) {
      let path = plan.firmware.path
      let bytes = try FileContents.read(FilePath(path))
      // Whatever its identity is: only its symbols are asked for.
      let image = try FirmwareImage(bytes, path: path, identity: nil)
      return Set(try image.addresses(of: names).keys)
    } catch {
      return nil
    }
  }

  /// `unresolvedImport` with what to do about it: the next firmware has what `prepare` finds missing in this one, if
  /// any of its libraries has it.
  func advised(
    _ failure: BuildFailure, _ compiled: CompiledModule, _ firmware: FirmwareImage
  ) throws(BuildFailure) -> BuildFailure {
    guard failure.code == .unresolvedImport else { return failure }
    let needed = ImportsGenerator.names([compiled.interface])
    let missing = needed.subtracting(try firmware.addresses(of: needed).keys)
    let text = try FileContents.readIfPresent(plan.output.imports) ?? []
    let asked = ImportsGenerator.names(in: String(decoding: text, as: UTF8.self))
    var failure = failure
    failure.hint =
      missing.isSubset(of: asked)
      ? MissingSymbolHint.text(for: missing.sortedByBytes())
        ?? "no library of the firmware has it: define it in the module or in the firmware"
      : "`\(rebuildCommand)` takes it into the firmware if one of its libraries has it; then "
        + (plan.board == nil ? "flash it" : "start it again: hotreload run")
    return failure
  }

  /// After `unresolvedImport` the next firmware build prepares again: the firmware may have lost what it had
  /// when `imports.ld` was left as it was.
  func prepareAgain(after failure: BuildFailure) {
    if failure.code == .unresolvedImport { FileContents.remove(plan.output.prepareStamp) }
  }
}
