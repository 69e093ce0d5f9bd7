import SystemPackage

/// Links one module for the bus.
struct Linker {
  let plan: BuildPlan
  let module: BuildPlan.Module
  let tools: StartedTools

  private var folder: OutputFolder.ModuleFolder { plan.output.module(module.name) }

  /// Links if the objects, the scripts, or the command have changed.
  ///
  /// - Returns: what the linker said; nil if there was nothing to do.
  /// - Throws: `linkFailed` with the linker's output; `toolMissing`; `fileSystem`; `cancelled`.
  func link(
    _ compiled: ModuleBuilder.CompiledModule, regions: ModuleRegions, onLink: () -> Void
  ) async throws(BuildFailure) -> String? {
    let script = LinkerScriptGenerator.text(regions, sections: compiled.sections)
    try FileContents.writeIfChanged(Array(script.utf8), to: folder.linkerScript)
    let versions = try VersionScriptGenerator.text(exports: compiled.interface.exports)
    try FileContents.writeIfChanged(Array(versions.utf8), to: folder.versionScript)

    let files = compiled.objects + module.linkInputs.map { FilePath($0) }
    let lifecycle = compiled.needsLifecycle
    let made = ToolOutput(
      path: folder.sharedObject,
      identity: command(files, output: folder.sharedObject, regions, lifecycle: lifecycle))
    guard !made.isFresh else { return nil }
    onLink()
    return try await made.make { (temporary) async throws(BuildFailure) in
      let copies = regions == .apart ? try WritableCopies(of: files, in: folder.path) : nil
      defer { copies?.remove() }
      func run(lifecycle: Bool) async throws(BuildFailure) -> String {
        let inputs = copies?.files ?? files
        let result = try await tools.run(
          command(inputs, output: temporary, regions, lifecycle: lifecycle))
        let output = copies?.naming(originalsIn: result.output) ?? result.output
        guard result.succeeded else {
          throw BuildFailure(
            .buildFailed, .linkFailed, "module '\(module.name)' did not link",
            hint: LinkHint.text(for: output), output: output)
        }
        return output
      }
      var printed = try await run(lifecycle: lifecycle)
      // What the linker took from an archive may have something to run, too.
      if !lifecycle,
        try SharedObject(FileContents.read(temporary), path: made.path.string).needsLifecycle
      {
        printed = try await run(lifecycle: true)
      }
      let read = [folder.linkerScript, folder.versionScript, FilePath(plan.linker.path)]
      return .init(value: printed, inputs: files + read)
    }
  }

  /// See docs/MODULE-FORMAT.md: own symbols bind within the module (-Bsymbolic), what no export reaches is
  /// dropped, except sections whose bounds are asked for, and nothing is rounded up to pages. Xtensa's linker
  /// leaves the code as it is: to move literals, it would have to know where each is.
  private func command(
    _ files: [FilePath], output: FilePath, _ regions: ModuleRegions, lifecycle: Bool
  ) -> [String] {
    plan.linker.command + [
      "-shared", "-Bsymbolic", "--gc-sections", "--hash-style=gnu", "--build-id=none",
      "-z", "max-page-size=16", "-z", "nostart-stop-gc",
      "--version-script=\(folder.versionScript)", "-T", folder.linkerScript.string,
      "-o", output.string,
    ] + (regions == .apart ? ["--no-relax"] : [])
      + (lifecycle ? ["--undefined=\(LifecycleFunction.name)"] : []) + files.map { $0.string }
  }
}
