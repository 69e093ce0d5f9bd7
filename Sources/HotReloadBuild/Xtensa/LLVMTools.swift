import SystemPackage

/// The two programs of LLVM that make machine code for Xtensa. Swift's own LLVM has no back end for it.
public struct LLVMTools: Equatable, Sendable {
  /// The oldest whose back end for Xtensa has what it takes: the windowed calling convention above all.
  public static let minimumVersion = 22

  /// llc, which makes assembly.
  let codeGenerator: String
  /// llvm-mc, which makes object files.
  let assembler: String

  /// Looks for them: in `folder`; else in PATH as `llc-22`, else as `llc`.
  ///
  /// - Parameter folder: LLVM's folder `bin`, if the user has named one.
  /// - Throws: `toolMissing` saying what was found and why it is not enough; `cancelled`.
  static func find(in folder: FilePath?) async throws(BuildFailure) -> LLVMTools {
    if let folder {
      let tools = LLVMTools(
        codeGenerator: folder.appending("llc").string,
        assembler: folder.appending("llvm-mc").string)
      guard let problem = try await tools.problem() else { return tools }
      throw failure(problem)
    }
    let versioned = LLVMTools(
      codeGenerator: "llc-\(minimumVersion)", assembler: "llvm-mc-\(minimumVersion)")
    let plain = LLVMTools(codeGenerator: "llc", assembler: "llvm-mc")
    guard let first = try await versioned.problem() else { return await versioned.located() }
    guard let second = try await plain.problem() else { return await plain.located() }
    // The one that is there is the one that the user means.
    throw failure(second.isMissing ? first : second)
  }

  /// With the paths at which PATH has them: what is known by its path is noticed when it is replaced, and can wait for work.
  private func located() async -> LLVMTools {
    LLVMTools(
      codeGenerator: await ToolProcess.path(of: codeGenerator),
      assembler: await ToolProcess.path(of: assembler))
  }

  /// Why a tool does not do.
  public struct Problem: Equatable {
    var isMissing: Bool
    /// What is said to the user: which tool, and what it lacks.
    public var message: String
  }

  private func problem() async throws(BuildFailure) -> Problem? {
    for tool in [codeGenerator, assembler] {
      let introduction: String
      do throws(BuildFailure) {
        introduction = try await ToolProcess.run([tool, "--version"]).output
      } catch {
        guard error.kind != .cancelled else { throw error }
        return Problem(isMissing: true, message: "there is no \(tool)")
      }
      if let problem = Self.problem(tool, introduction) { return problem }
    }
    return nil
  }

  /// What is wrong with a tool that introduces itself like this (`--version`); nil if it does.
  public static func problem(_ tool: String, _ introduction: String) -> Problem? {
    guard let match = introduction.firstMatch(of: /LLVM version (\d+)/), let version = Int(match.1)
    else { return Problem(isMissing: false, message: "\(tool) does not say that it is LLVM's") }
    guard version >= minimumVersion else {
      return Problem(
        isMissing: false, message: "\(tool) is too old: LLVM \(version), not \(minimumVersion)")
    }
    guard introduction.contains("\n    xtensa ") else {
      return Problem(
        isMissing: false, message: "\(tool) has no back end for Xtensa: LLVM was built without it")
    }
    return nil
  }

  private static func failure(_ problem: Problem) -> BuildFailure {
    BuildFailure(
      .other, .toolMissing,
      "code for Xtensa takes LLVM \(minimumVersion) or newer: \(problem.message)",
      hint: "install Debian's package llvm-\(minimumVersion), or say where LLVM is: "
        + "HOTRELOAD_LLVM=<its folder bin>; or take a release of hotreload: it brings the runtime compiled, in lib/"
    )
  }
}
