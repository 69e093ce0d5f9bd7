import HotReloadBuild
import HotReloadClient

/// Why a command did not do what it was asked for: what, where, and one line of advice.
public struct CommandFailure: Error, Equatable, Sendable {
  /// How the tool ends; nil where a signal or a cancelled task ended it.
  public var exit: ToolExit?
  /// One sentence that names the thing at fault.
  public var message: String
  /// What to do about it.
  public var hint: String?
  /// What another program printed, unabridged.
  public var output: String?
  /// Names the failure for programs, more closely than the exit does: stable.
  public var code: String?
  /// What became of each module of a reload.
  var modules: [ReloadReport.Module] = []

  /// A failure with a code of its own.
  public init(_ exit: ToolExit, _ message: String, hint: String? = nil, output: String? = nil) {
    self.exit = exit
    self.message = message
    self.hint = hint
    self.output = output
  }

  /// Somebody wanted the command to end.
  static let cancelled: CommandFailure = {
    var failure = CommandFailure(.failure, "interrupted")
    failure.exit = nil
    return failure
  }()
}

extension CommandFailure {
  init(_ failure: BuildFailure) {
    switch failure.kind {
    case .cancelled:
      self = .cancelled
      return
    case .buildFailed: exit = .buildFailed
    case .unloadable: exit = .unloadable
    case .other: exit = .failure
    }
    message = failure.message
    hint = failure.hint
    output = failure.output
    code = failure.code.rawValue
  }

  /// Passes on what a build step throws.
  static func building<Value>(
    _ body: () throws(BuildFailure) -> Value
  ) throws(CommandFailure) -> Value {
    do throws(BuildFailure) { return try body() } catch { throw CommandFailure(error) }
  }

  init(_ error: ClientError) {
    switch error {
    case .unreachable(let url, let reason):
      self.init(
        .unreachable, "\(url) does not answer: \(reason)",
        hint: "is the device on, and in this network? `hotreload status` asks again")
    case .refused(let refusal):
      let code = refusal.error.isEmpty ? "" : ", \(refusal.error)"
      self.init(
        .refused, "the device refused: \(refusal.detail) (\(refusal.status)\(code))",
        hint: Self.advice(for: refusal))
      self.code = refusal.error.isEmpty ? nil : refusal.error
    case .protocolViolation(let url, let detail):
      self.init(
        .unreachable, "\(url) does not speak hotreload's protocol: \(detail)",
        hint:
          "is that the device? Another program, or a proxy or login page of the network, answers there"
      )
      code = "protocol_violation"
    case .cancelled:
      self = .cancelled
    }
  }

  /// What to do about a refusal (docs/PROTOCOL.md, "Refusals").
  private static func advice(for refusal: Refusal) -> String? {
    switch refusal.error {
    case "forbidden": "does the device run a firmware of this build folder? Its key is another one"
    case "wrong_firmware", "exports_changed": "rebuild the firmware and flash it"
    case "older": "build the module again"
    case "busy": "another upload is under way; try again"
    case "too_large" where refusal.detail.contains("max_elf_size"):
      "raise max_elf_size in the firmware's hotreload_server_config_t, rebuild and flash it"
    case "too_large": "enlarge the partition, or the server's max_elf_size"
    case "insufficient_storage":
      "there is not enough RAM for it beside what runs: without --no-persist it goes to flash"
    case "not_found": "does the firmware have this partition, and hotreload's server?"
    default: nil
    }
  }
}
