import ArgumentParser
import SystemPackage

#if canImport(Darwin)
  import Darwin
#elseif canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// The `hotreload` program.
public struct HotReloadTool: AsyncParsableCommand {
  /// Version of the tool, the runtime and the formats together.
  public static let version = "0.1.0"

  /// Name, help and commands.
  public static let configuration = CommandConfiguration(
    commandName: "hotreload",
    abstract: "Change the code of a running microcontroller: save, and it runs.",
    discussion: """
      The firmware is built and flashed once. From then on `hotreload watch` compiles what you save, sends \
      the module to the device over HTTP, and waits until the application has switched to it.

      SETTINGS come from flags, then the environment, then hotreload.toml (found from the current folder \
      upward), then the build plan; -v shows where each came from.

        environment          hotreload.toml
        HOTRELOAD_URL        url             the device, as in 192.168.1.7:8080
        HOTRELOAD_PLAN       plan            the build plan
        HOTRELOAD_KEY_FILE   key_file        the 32-byte upload key
        HOTRELOAD_BOARDS     boards          folders of virtual boards

      Devices are spoken to directly: http_proxy and its like do not matter.

      EXIT CODES: 0 done, 1 other failure, 2 the build failed, 3 the device does not answer, or something \
      else does in its place, 4 the device refused, 5 no device would load the module, 64 wrong usage or no \
      build plan, 130 and 143 interrupted.
      """,
    version: version,
    subcommands: commands)

  /// Made by the parser.
  public init() {}

  /// Runs the program with the process's arguments and world.
  public static func main() async -> Int32 {
    let interruption = Interruption()
    let context = Context.live(interruption)
    let arguments = Array(CommandLine.arguments.dropFirst())
    let exit = await interruption.cancelling { await run(arguments, in: context) }
    return outcome(exit, in: context).rawValue
  }

  /// What a command that ended with `exit` comes to: a result that nobody got is no success.
  static func outcome(_ exit: ToolExit, in context: Context) -> ToolExit {
    switch context.interruption.outputError {
    case nil: return exit
    case .brokenPipe?:
      // The reader went away (`hotreload watch | head`), which is what it wanted.
      return .interrupted(by: SIGPIPE)
    case let error?:
      context.terminal.failure(
        CommandFailure(.failure, "standard output cannot be written: \(error)"))
      return .failure
    }
  }

  /// Parses and executes one command line; never ends the process.
  public static func run(_ arguments: [String], in context: Context) async -> ToolExit {
    let command: any ParsableCommand
    do { command = try parseAsRoot(arguments) } catch { return finish(error, context) }
    if let command = command as? any ToolCommand { return await execute(command, in: context) }
    // The root, a group, or `help`: it prints itself.
    do {
      var command = command
      try command.run()
      return .success
    } catch {
      return finish(error, context)
    }
  }

  static func execute(_ command: some ToolCommand, in context: Context) async -> ToolExit {
    do throws(CommandFailure) {
      return try await command.execute(in: context)
    } catch {
      context.terminal.endProgress()
      if command.json { FailureReport(error).write(to: context.terminal) }
      guard let exit = error.exit else {
        return .interrupted(by: context.interruption.signal ?? 2)
      }
      context.terminal.failure(error)
      return exit
    }
  }

  /// Help and versions are results, wrong usage is not.
  private static func finish(_ error: any Error, _ context: Context) -> ToolExit {
    let exit = ToolExit(rawValue: exitCode(for: error).rawValue)
    let text = fullMessage(for: error)
    if exit == .success {
      context.terminal.result(text)
    } else {
      context.terminal.note(text)
    }
    return exit
  }
}
