import HotReloadBuild
import HotReloadLoader
import SystemPackage

extension Examination {
  /// Swift code for Xtensa takes LLVM, which Swift has not: the runtime, unless it came compiled, and modules.
  ///
  /// - Returns: nil if the plan's chip is no Xtensa.
  func llvm(_ plan: BuildPlan) async -> Check? {
    guard ChipName.find(plan.chip)?.instructionSet == .xtensa else { return nil }
    let hint =
      "sudo apt-get install llvm-\(LLVMTools.minimumVersion), or set HOTRELOAD_LLVM to LLVM's folder bin"
    let isCompiled = plan.runtime.map { InputFile.exists(FilePath($0)) } ?? false
    let state = isCompiled ? Check.State.note : .missing
    let names =
      context.environment["HOTRELOAD_LLVM"].map { ["\($0)/llc"] }
      ?? ["llc-\(LLVMTools.minimumVersion)", "llc"]
    guard let path = names.lazy.compactMap({ Program.find($0, in: context) }).first else {
      return Check(
        name: "llc", state: state, detail: "not found; compiles Swift for Xtensa", hint: hint)
    }
    guard let introduction = await ProgramVersion.introduction(path) else {
      return Check(name: "llc", state: state, detail: "\(path) does not run", hint: hint)
    }
    if let problem = LLVMTools.problem(path.string, introduction) {
      return Check(name: "llc", state: state, detail: problem.message, hint: hint)
    }
    return Check(name: "llc", state: .ok, detail: path.string, hint: nil)
  }
}
