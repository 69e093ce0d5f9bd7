/// A failure for programs, what `--json` prints in place of a result: `{"error": {"code": …}}`. A reload adds
/// `"modules"`, as in its result.
struct FailureReport: Encodable {
  struct Content: Encodable {
    /// Stable.
    var code: String
    var message: String
    /// Absent where there is no advice.
    var hint: String?
  }

  var error: Content
  /// Absent where none was about to be sent.
  var modules: [ReloadReport.Module]?

  init(_ failure: CommandFailure) {
    error = Content(
      code: failure.code ?? Self.code(of: failure.exit), message: failure.message,
      hint: failure.hint)
    modules = failure.modules.isEmpty ? nil : failure.modules
  }

  /// To standard output. Texts can always be written as JSON.
  func write(to terminal: Terminal) {
    do throws(CommandFailure) { terminal.result(try JSONText.encode(self)) } catch {
      terminal.failure(error)
    }
  }

  /// What the exit code means, for failures without a name of their own.
  private static func code(of exit: ToolExit?) -> String {
    switch exit {
    case nil: "interrupted"
    case .buildFailed?: "build_failed"
    case .unreachable?: "unreachable"
    case .refused?: "refused"
    case .unloadable?: "unloadable"
    case .usage?: "usage"
    case .some: "failure"
    }
  }
}
