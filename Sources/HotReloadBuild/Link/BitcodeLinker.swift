import SystemPackage

/// Makes machine code of the objects that clang's -flto leaves as LLVM bitcode. The module is linked from what
/// comes out: nothing else needs to know about link-time optimization.
struct BitcodeLinker {
  let plan: BuildPlan
  let module: BuildPlan.Module

  /// - Parameter warnings: gets what the linker says, if it runs.
  /// - Returns: `objects`, with one of machine code in the place of all those that are bitcode.
  /// - Throws: `linkFailed` with the linker's output; `toolMissing`; `fileSystem`; `cancelled`.
  func link(
    _ objects: [FilePath], _ warnings: inout [String]
  ) async throws(BuildFailure) -> [FilePath] {
    var bitcode: [FilePath] = []
    for object in objects where Self.isBitcode(try FileContents.read(object)) {
      bitcode.append(object)
    }
    guard let first = bitcode.first else { return objects }
    let output = plan.output.module(module.name).optimizedObject
    let printed = try await link(bitcode, to: output)
    if !printed.isEmpty { warnings.append(printed) }
    return objects.compactMap { object in
      object == first ? output : bitcode.contains(object) ? nil : object
    }
  }

  /// - Returns: what the linker said; nothing if there was nothing to do.
  private func link(
    _ objects: [FilePath], to output: FilePath
  ) async throws(BuildFailure) -> String {
    let made = ToolOutput(path: output, identity: command(objects, output: output))
    guard !made.isFresh else { return "" }
    return try await made.make { (temporary) async throws(BuildFailure) in
      let result = try await ToolProcess.run(command(objects, output: temporary))
      guard result.succeeded else {
        throw BuildFailure(
          .buildFailed, .linkFailed, "module '\(module.name)' was not optimized at link time",
          hint: "compile the module without -flto, or with the compiler of \(plan.linker.path)",
          output: result.output)
      }
      return .init(value: result.output, inputs: objects + [FilePath(plan.linker.path)])
    }
  }

  private func command(_ objects: [FilePath], output: FilePath) -> [String] {
    [plan.linker.path] + plan.linker.arguments + ["-r", "-o", output.string]
      + objects.map { $0.string }
  }

  /// LLVM's "Bitcode File Format": the magic number, and that of the wrapper.
  private static func isBitcode(_ bytes: [UInt8]) -> Bool {
    bytes.starts(with: [0x42, 0x43, 0xC0, 0xDE]) || bytes.starts(with: [0xDE, 0xC0, 0x17, 0x0B])
  }
}
