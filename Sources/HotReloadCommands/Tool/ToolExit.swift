/// How the tool ends: what a program that ran it may rely on.
public struct ToolExit: RawRepresentable, Equatable, Sendable {
  /// The process's exit code.
  public let rawValue: Int32

  /// Any code, such as another program's.
  public init(rawValue: Int32) { self.rawValue = rawValue }

  /// What was asked for is done.
  public static let success = ToolExit(rawValue: 0)
  /// Anything without a number of its own.
  public static let failure = ToolExit(rawValue: 1)
  /// The module does not compile, link or pack.
  public static let buildFailed = ToolExit(rawValue: 2)
  /// The device does not answer, or somebody else does in its place.
  public static let unreachable = ToolExit(rawValue: 3)
  /// The device answered, and refused.
  public static let refused = ToolExit(rawValue: 4)
  /// No device would load the module.
  public static let unloadable = ToolExit(rawValue: 5)
  /// The command line, the environment or the settings are wrong (sysexits.h, EX_USAGE).
  public static let usage = ToolExit(rawValue: 64)

  /// Ended by a signal, as shells say it.
  public static func interrupted(by signal: Int32) -> ToolExit { ToolExit(rawValue: 128 + signal) }
}
