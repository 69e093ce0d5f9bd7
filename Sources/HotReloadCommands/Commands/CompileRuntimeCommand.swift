import ArgumentParser
import HotReloadBuild
import SystemPackage

struct CompileRuntimeCommand: ToolCommand {
  static let configuration = CommandConfiguration(
    commandName: "compile-runtime",
    abstract: "For build systems: compile the runtime of the chip to an archive.",
    discussion: """
      Needs swiftc, 6.3 or newer, and for Xtensa LLVM, 22 or newer (Debian's package llvm-22). A release of hotreload brings the archives of all chips in \
      components/hotreload/lib: whoever builds with ESP-IDF does not run this.

      EXAMPLES:
        hotreload compile-runtime --abi rv32imc-ilp32 --output libhotreload_runtime.a
        hotreload compile-runtime --abi rv32imafc-ilp32f --output lib/rv32imafc-ilp32f/libhotreload_runtime.a
        hotreload compile-runtime --abi xtensa-esp32 --output libhotreload_runtime.a
      """)

  @Option(
    help: ArgumentHelp(
      "What to compile for: <march>-<mabi> as GCC has them, or xtensa-<core>.", valueName: "abi"))
  var abi: String

  @Option(name: .shortAndLong, help: ArgumentHelp("The archive to write.", valueName: "file"))
  var output: String

  @Option(
    help: ArgumentHelp(
      "The folder components/hotreload (default: found here or above).", valueName: "folder"))
  var component: String?

  @Option(help: ArgumentHelp("The Swift compiler (default: that of PATH).", valueName: "file"))
  var swiftc = "swiftc"

  @Option(
    help: ArgumentHelp(
      "For Xtensa: the folder with llc and llvm-mc (default: HOTRELOAD_LLVM, or that of PATH).",
      valueName: "folder"))
  var llvm: String?

  @Flag(help: "The runtime brings its own SHA-256 (default: the port has one).")
  var softwareCrypto = false

  @Option(
    help: ArgumentHelp("Write a Make rule with every file that was read.", valueName: "file"))
  var depfile: String?

  @Flag(name: .shortAndLong, help: "Show every step.")
  var verbose = false

  func execute(in context: Context) async throws(CommandFailure) -> ToolExit {
    let progress = ReloadProgress(terminal: context.terminal, isVerbose: verbose)
    let component =
      if let component { context.resolve(component) } else { try Self.findComponent(in: context) }
    do throws(BuildFailure) {
      let compiler = RuntimeCompiler(
        component: component, abi: try RuntimeABI(abi), compiler: swiftc,
        llvm: (llvm ?? context.environment["HOTRELOAD_LLVM"]).map { context.resolve($0) },
        softwareCrypto: softwareCrypto, output: context.resolve(output)
      ) { progress.show($0) }
      for warning in try await compiler.compile() { context.terminal.verbatim(warning) }
      if let depfile {
        try compiler.writeDependencies(of: output, to: context.resolve(depfile))
      }
    } catch {
      throw CommandFailure(error)
    }
    context.terminal.endProgress()
    return .success
  }

  private static func findComponent(in context: Context) throws(CommandFailure) -> FilePath {
    let folders = context.foldersUpward.map { $0.pushing("components/hotreload") }
    guard let folder = folders.first(where: { InputFile.exists($0.appending("Sources")) }) else {
      throw CommandFailure(
        .usage, "there is no components/hotreload in \(context.currentFolder) or above",
        hint: "say where it is: --component <folder>")
    }
    return folder
  }
}
