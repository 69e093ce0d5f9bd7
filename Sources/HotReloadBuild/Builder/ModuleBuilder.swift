import HotReloadLoader
import SystemPackage

/// Builds the modules of one plan.
///
/// A firmware build runs `prepare` before it links the firmware and `build` after; `hotreload build`,
/// `reload` and `watch` run `build` alone. Both compile what is stale. Cancelling the task kills the
/// compiler that runs; no half-written file is left.
public struct ModuleBuilder: Sendable {
  let plan: BuildPlan
  let memory: BuildMemory
  let onEvent: @Sendable (BuildEvent) -> Void

  /// - Parameters:
  ///   - plan: checked already (`BuildPlan.init(contentsOf:)`).
  ///   - memory: what earlier builds found out.
  ///   - onEvent: told what is about to be done; called from any thread.
  public init(
    plan: BuildPlan, memory: BuildMemory = BuildMemory(),
    onEvent: @escaping @Sendable (BuildEvent) -> Void = { _ in }
  ) {
    self.plan = plan
    self.memory = memory
    self.onEvent = onEvent
  }

  /// The sources of all modules and every file that their last compilation read: what `watch` watches.
  ///
  /// - Throws: `badCompileCommands`.
  public func inputs() throws(BuildFailure) -> [FilePath] {
    let commands = try compileCommands()
    var paths: Set<String> = []
    for module in plan.modules {
      for command in try commands.commands(of: module) {
        paths.formUnion(command.sources.map { $0.string })
        let record = InputRecord(of: command.object)
        paths.formUnion((record?.inputs ?? []).map { $0.path.string })
      }
    }
    return paths.sortedByBytes().map { FilePath($0) }
  }

  func compileCommands() throws(BuildFailure) -> CompileCommands {
    let path = FilePath(plan.compileCommands)
    return try memory.commands.value(of: path) { () throws(BuildFailure) in
      try CompileCommands(contentsOf: path)
    }
  }

  /// What was compiled of one module.
  struct CompiledModule {
    var module: BuildPlan.Module
    var objects: [FilePath]
    var interface: ModuleInterface
    /// Of all objects.
    var sections: Set<InputSection>
    /// Whether an object has something that the lifecycle function runs.
    var needsLifecycle: Bool
  }

  /// Compiles what is stale, and reads what the objects offer and need.
  func compile(
    for chip: Chip, _ report: inout BuildReport
  ) async throws(BuildFailure) -> [CompiledModule] {
    let commands = try compileCommands()
    var compiled: [CompiledModule] = []
    StaleTemporaries.remove(in: plan.output.path)
    for module in plan.modules {
      let own = try commands.commands(of: module)
      let folders = Set(own.map { $0.object.removingLastComponent() })
      let output = plan.output.module(module.name)
      for folder in folders.union([output.path, output.images]) {
        StaleTemporaries.remove(in: folder)
      }
      let onEvent = onEvent
      let compiler = Compiler(memory: memory) { command in
        onEvent(.compiling(source: command.sourceList, module: module.name))
      }
      let start = ContinuousClock.now
      let warnings = try await compiler.compile(own)
      if let warnings {
        let duration = ContinuousClock.now - start
        report.steps.append(BuildStep(.compile, module: module.name, duration: duration))
        report.warnings += warnings
      }
      let paths = try await BitcodeLinker(plan: plan, module: module).link(
        own.map { $0.object }, &report.warnings)
      let machine = chip.instructionSet.machine
      var objects: [ObjectFile] = []
      for path in paths {
        objects.append(
          try memory.objects.value(of: path, as: machine.name) { () throws(BuildFailure) in
            try ObjectFile(FileContents.read(path), path: path.string, machine: machine)
          })
      }
      let interface = try ModuleInterface(objects)
      try Self.check(interface, of: module, &report)
      compiled.append(
        CompiledModule(
          module: module, objects: paths, interface: interface,
          sections: objects.reduce(into: []) { $0.formUnion($1.sections) },
          needsLifecycle: objects.contains { $0.needsLifecycle }))
    }
    return compiled
  }

  private static func check(
    _ interface: ModuleInterface, of module: BuildPlan.Module, _ report: inout BuildReport
  ) throws(BuildFailure) {
    if !interface.untyped.isEmpty {
      report.warnings.append(
        "warning: module '\(module.name)' defines \(list(interface.untyped)) without a type: not "
          + "exported; if it is a function, say `.type <name>, @function` in the assembly\n")
    }
    guard !interface.exports.isEmpty else {
      throw BuildFailure(
        .buildFailed, .noExports, "module '\(module.name)' exports no function",
        hint: module.swift != nil
          ? "mark what the firmware calls: @c(name) public func …"
          : "its functions must not be static, hidden (-fvisibility=hidden), or weak"
            + (module.linkInputs.isEmpty
              ? "" : ", nor in LINK_INPUTS only: call those from a function in SOURCES"))
    }
    if !interface.exportedData.isEmpty {
      report.warnings.append(
        "warning: module '\(module.name)' defines global data \(list(interface.exportedData)): the "
          + "firmware cannot reach it; make it static, or export a function that returns its address\n"
      )
    }
  }

  private static func list(_ names: [String]) -> String {
    names.map { "'\($0)'" }.joined(separator: ", ")
  }

  /// The chip of the plan.
  func chip() throws(BuildFailure) -> Chip {
    let name = Array(plan.chip.utf8)
    guard let chip = Chip.named(name.span) else {
      let known = (0..<Chip.count).map { "\(Chip.at($0).name)" }.joined(separator: ", ")
      throw BuildFailure(
        .other, .unknownChip, "unknown chip '\(plan.chip)'", hint: "known chips: \(known)")
    }
    return chip
  }

  /// The command that rebuilds the firmware, as a user types it.
  var rebuildCommand: String { plan.rebuildCommandLine }

  /// How another firmware gets onto the device: a virtual one takes it when it starts.
  var wayToNewFirmware: String {
    plan.board == nil
      ? "rebuild and flash" : "rebuild, then start the firmware again: hotreload run"
  }
}
