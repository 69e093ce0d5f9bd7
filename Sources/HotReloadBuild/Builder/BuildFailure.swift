/// Why a build step did not succeed: what, where, and what to do about it.
public struct BuildFailure: Error, Equatable, Sendable {
  /// What the failure means for whoever asked: one exit code of the tool each.
  public enum Kind: Equatable, Sendable {
    /// The user's code, or how it is put together, does not build (exit code 2).
    case buildFailed
    /// It builds, but no chip would load the result (exit code 5).
    case unloadable
    /// The task was cancelled; nothing half-written is left.
    case cancelled
    /// The plan, the file system, or the toolchain (exit code 1).
    case other
  }

  /// Names the failure for programs; stable.
  public enum Code: String, Equatable, Sendable {
    case backEndFailed = "back_end_failed"
    case badPlan = "bad_plan"
    case badCompileCommands = "bad_compile_commands"
    case callOutOfReach = "call_out_of_reach"
    case cancelled = "cancelled"
    case compileFailed = "compile_failed"
    case constructors = "constructors"
    case definedTwice = "defined_twice"
    case exceptions = "exceptions"
    case exportsChanged = "exports_changed"
    case fileSystem = "file_system"
    case firmwareMissing = "firmware_missing"
    case firmwareNotPrepared = "firmware_not_prepared"
    case firmwareWithoutBuildID = "firmware_without_build_id"
    case linkFailed = "link_failed"
    case malformedELF = "malformed_elf"
    case noExports = "no_exports"
    case notForXtensa = "not_for_xtensa"
    case notPositionIndependent = "not_position_independent"
    case partitionTooSmall = "partition_too_small"
    case badDebugInformation = "bad_debug_information"
    case badKeptVariable = "bad_kept_variable"
    case badKeyFile = "bad_key_file"
    case malformedArchive = "malformed_archive"
    case runtimeMissing = "runtime_missing"
    case unknownABI = "unknown_abi"
    case wrongRuntime = "wrong_runtime"
    case refusedByLoader = "refused_by_loader"
    case textRelocation = "text_relocation"
    case threadLocal = "thread_local"
    case toolMissing = "tool_missing"
    case unknownChip = "unknown_chip"
    case unresolvedImport = "unresolved_import"
    case unsupportedObject = "unsupported_object"
    case unsupportedRelocation = "unsupported_relocation"
    case unsupportedSection = "unsupported_section"
    case unusableName = "unusable_name"
  }

  /// What the failure means for the caller.
  public var kind: Kind
  /// Which failure it is.
  public var code: Code
  /// One sentence that names the thing at fault: a file, a field, a symbol.
  public var message: String
  /// What to do about it.
  public var hint: String?
  /// What a compiler or linker printed, unabridged.
  public var output: String?

  /// Creates a failure; `message` names the thing at fault.
  public init(
    _ kind: Kind, _ code: Code, _ message: String, hint: String? = nil, output: String? = nil
  ) {
    self.kind = kind
    self.code = code
    self.message = message
    self.hint = hint
    self.output = output
  }

  /// The failure with what was said before it: the next build does not compile again what compiled, and would
  /// not say it again.
  func after(_ warnings: [String]) -> BuildFailure {
    guard !warnings.isEmpty else { return self }
    var failure = self
    failure.output = warnings.joined() + (output ?? "")
    return failure
  }

  static var cancelled: BuildFailure { BuildFailure(.cancelled, .cancelled, "build cancelled") }
}

extension BuildFailure: CustomStringConvertible {
  /// Output, message and hint, as a terminal shows them.
  public var description: String {
    var text = output.map { $0.isEmpty || $0.hasSuffix("\n") ? $0 : $0 + "\n" } ?? ""
    text += "error: \(message)"
    if let hint { text += "\nhint: \(hint)" }
    return text
  }
}
