/// What a program that builds again and again need not find out again: give every `ModuleBuilder` the same one. Any number of builds
/// may use it at the same time.
public final class BuildMemory: Sendable {
  let commands = FileMemory<CompileCommands>()
  let firmware = FileMemory<FirmwareImage>()
  let objects = FileMemory<ObjectFile>()
  let tools = StartedTools()
  let swiftFrontends = SwiftFrontends()
  let llvm = KnownLLVM()

  /// Knows nothing yet.
  public init() {}
}
