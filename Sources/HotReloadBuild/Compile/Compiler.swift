import SystemPackage

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Compiles what is stale, as many sources at a time as there are cores.
struct Compiler: Sendable {
  /// Called for each source that is compiled.
  var onCompile: @Sendable (CompileCommand) -> Void = { _ in }

  /// - Returns: what the compilers said about sources that compiled, in the order of the commands; nil
  ///   if every object was up to date.
  /// - Throws: `compileFailed` with the output of every compiler that failed; `cancelled`.
  func compile(_ commands: [CompileCommand]) async throws(BuildFailure) -> [String]? {
    let stale = commands.filter { !Self.isFresh($0) }
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

  private static func isFresh(_ command: CompileCommand) -> Bool {
    InputRecord(of: command.object)?.isFresh(command: identity(of: command)) ?? false
  }

  /// What makes an object another object, apart from the files that are read.
  private static func identity(of command: CompileCommand) -> [String] {
    [command.directory.string, command.object.string] + command.arguments
  }

  private func outcome(of command: CompileCommand) async -> Result<ToolProcess.Result, BuildFailure>
  {
    do throws(BuildFailure) { return .success(try await compile(command)) } catch {
      return .failure(error)
    }
  }

  /// The object appears whole or not at all: the compiler writes beside it.
  private func compile(_ command: CompileCommand) async throws(BuildFailure) -> ToolProcess.Result {
    onCompile(command)
    let object = FileContents.temporaryPath(for: command.object)
    let dependencies = FilePath(object.string + ".d")
    let temporaries = command.language == .swift ? try SwiftTemporaries(for: command) : nil
    defer {
      FileContents.remove(object)
      FileContents.remove(dependencies)
      temporaries?.remove()
    }
    // Its time of change is the start of the compilation on the clock of the file system.
    try FileContents.write([], to: dependencies)
    let start = FileStatus(dependencies)?.modified ?? 0
    let result = try await ToolProcess.run(
      command.invocation(object: object, dependencies: dependencies),
      workingDirectory: command.directory, environment: temporaries?.environment ?? [:])
    guard result.succeeded else { return result }
    guard let rule = MakeRule(parsing: try FileContents.read(dependencies)) else {
      throw BuildFailure(
        .other, .compileFailed,
        "\(command.arguments[0]) did not write the dependencies of \(command.sourceList)")
    }
    var inputs = rule.prerequisites.map { command.directory.pushing($0).lexicallyNormalized() }
    let compiler = FilePath(command.arguments[0])
    if compiler.isAbsolute { inputs.append(compiler) }
    // An object that is the same as before (after the edit of a comment) keeps its time: nothing is linked.
    if try FileContents.readIfPresent(command.object) != FileContents.read(object) {
      try FileContents.move(object, to: command.object)
    }
    try InputRecord(
      command: Self.identity(of: command), output: command.object, inputs: inputs, start: start
    ).save()
    return result
  }
}
