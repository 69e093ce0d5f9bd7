import Synchronization
import SystemPackage

/// Where LLVM is, looked for once: to ask its programs for their versions takes as long as a small module takes them.
final class KnownLLVM: Sendable {
  private let known = Mutex<[FilePath?: LLVMTools]>([:])

  /// As `LLVMTools.find(in:)`. A failure is not kept.
  func tools(in folder: FilePath?) async throws(BuildFailure) -> LLVMTools {
    if let tools = known.withLock({ $0[folder] }) { return tools }
    let tools = try await LLVMTools.find(in: folder)
    known.withLock { $0[folder] = tools }
    return tools
  }
}
