import SystemPackage

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Compiles what is stale, as many sources at a time as there are cores.
struct Compiler: Sendable {
  /// What earlier builds found out.
  var memory = BuildMemory()
  /// Called for each source that is compiled.
  var onCompile: @Sendable (CompileCommand) -> Void = { _ in }

  /// - Returns: what the compilers said about sources that compiled, in the order of the commands; nil
  ///   if every object was up to date.
  /// - Throws: `compileFailed` with the output of every compiler that failed; `cancelled`.
  func compile(_ commands: [CompileCommand]) async throws(BuildFailure) -> [String]? {
    let stale = commands.filter { !Self.output(of: $0).isFresh }
    guard !stale.isEmpty else { return nil }
    let results = await withTaskGroup(
      of: (Int, Result<ToolProcess.Result, BuildFailure>).self
    ) { group in
      var results = [Result<ToolProcess.Result, BuildFailure>?](repeating: nil, count: stale.count)
      let width = max(ProcessInfo.processInfo.activeProcessorCount, 1)
      for (index, command) in stale.enumerated() {
        if index >= width, let (done, result) = await group.next() { results[done] = result }
        group.addTask { (index, await outcome(of: command)) }
      }
      for await (done, result) in group { results[done] = result }
      return results
    }
    var warnings: [String] = []
    var failed: [(sources: String, output: String)] = []
    for (command, result) in zip(stale, results) {
      guard let result = try result?.get() else { throw .cancelled }
      if !result.succeeded {
        failed.append((command.sourceList, result.output))
      } else if !result.output.isEmpty {
        warnings.append(result.output)
      }
    }
    guard failed.isEmpty else {
      throw BuildFailure(
        .buildFailed, .compileFailed,
        "\(failed.map { $0.sources }.joined(separator: ", ")) did not compile",
        output: (warnings + failed.map { $0.output }).joined())
    }
    return warnings
  }

  /// What makes an object another object, apart from the files that are read.
  private static func output(of command: CompileCommand) -> ToolOutput {
    ToolOutput(
      path: command.object,
      identity: [command.directory.string, command.object.string] + command.arguments
        + (command.backEnd?.identity ?? []))
  }

  private func outcome(of command: CompileCommand) async -> Result<ToolProcess.Result, BuildFailure>
  {
    do throws(BuildFailure) { return .success(try await compile(command)) } catch {
      return .failure(error)
    }
  }

  private func compile(_ command: CompileCommand) async throws(BuildFailure) -> ToolProcess.Result {
    onCompile(command)
    let temporaries = command.language == .swift ? try SwiftTemporaries(for: command) : nil
    defer { temporaries?.remove() }
    let product = temporaries.map { _ in SwiftTemporaries.product(of: command) }
    return try await Self.output(of: command).make(at: product) {
      (object) async throws(BuildFailure) in
      let dependencies = command.dependencies(of: object)
      defer { FileContents.remove(dependencies) }
      let result = try await run(command, object, temporaries)
      guard result.succeeded else { return .init(value: result, inputs: nil) }
      var tools: [FilePath] = []
      if command.language == .swift, command.product == .object {
        if let backEnd = command.backEnd {
          tools = try await backEnd.compile(object, name: command.swiftModuleName, memory)
        }
        let finished = try SwiftObject.finished(FileContents.read(object), path: object.string)
        try FileContents.write(finished, to: object)
      }
      return .init(value: result, inputs: try Self.inputs(of: command, dependencies) + tools)
    }
  }

  private func run(
    _ command: CompileCommand, _ object: FilePath, _ temporaries: SwiftTemporaries?
  ) async throws(BuildFailure) -> ToolProcess.Result {
    let invocation = command.invocation(object: object)
    guard let temporaries else {
      return try await memory.tools.run(invocation, workingDirectory: command.directory)
    }
    if let frontend = memory.swiftFrontends.command(for: invocation, in: command.directory) {
      let result = try await memory.tools.run(frontend, workingDirectory: command.directory)
      // One that was killed, or lacks what a script around swiftc gives it, does not say what is wrong.
      if result.succeeded || result.output.contains("error: ") { return result }
    }
    return try await ToolProcess.run(
      invocation, workingDirectory: command.directory, environment: temporaries.environment)
  }

  /// The files that a compilation read, and its compiler.
  private static func inputs(
    of command: CompileCommand, _ dependencies: FilePath
  ) throws(BuildFailure) -> [FilePath] {
    guard let bytes = try FileContents.readIfPresent(dependencies),
      let rule = MakeRule(parsing: bytes)
    else {
      throw BuildFailure(
        .other, .compileFailed,
        "\(command.arguments[0]) did not write the dependencies of \(command.sourceList)")
    }
    let inputs = rule.prerequisites.map { command.directory.pushing($0).lexicallyNormalized() }
    let compiler = FilePath(command.arguments[0])
    return compiler.isAbsolute ? inputs + [compiler] : inputs
  }
}
