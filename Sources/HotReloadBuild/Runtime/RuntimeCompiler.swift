import SystemPackage

/// Compiles the runtime of the chip: components/hotreload/Sources becomes an archive that C firmware is linked with.
public struct RuntimeCompiler: Sendable {
  /// The folder components/hotreload.
  let component: FilePath
  let abi: RuntimeABI
  /// swiftc: a path, or a name to look for in PATH.
  let compiler: String
  /// The folder `bin` of the LLVM that makes code for Xtensa, if the user has named one.
  let llvm: FilePath?
  /// Whether the runtime brings its own SHA-256, instead of the port's.
  let softwareCrypto: Bool
  /// The archive.
  let output: FilePath
  let onEvent: @Sendable (BuildEvent) -> Void

  /// - Parameters:
  ///   - component: the folder components/hotreload, absolute.
  ///   - compiler: swiftc: a path, or a name to look for in PATH.
  ///   - llvm: the folder `bin` of the LLVM that makes code for Xtensa; nil: look in PATH.
  ///   - softwareCrypto: whether the runtime brings its own SHA-256, instead of the port's.
  ///   - output: the archive, absolute. What is made on the way lies beside it, in `<output>.build`.
  ///   - onEvent: told what is about to be done; called from any thread.
  public init(
    component: FilePath, abi: RuntimeABI, compiler: String, llvm: FilePath? = nil,
    softwareCrypto: Bool, output: FilePath,
    onEvent: @escaping @Sendable (BuildEvent) -> Void = { _ in }
  ) {
    self.component = component
    self.abi = abi
    self.compiler = compiler
    self.llvm = llvm
    self.softwareCrypto = softwareCrypto
    self.output = output
    self.onEvent = onEvent
  }

  private var folder: FilePath { FilePath("\(output).build") }
  private var sources: FilePath { component.appending("Sources") }

  /// Compiles what is stale. An archive that would be the same is not touched.
  ///
  /// - Returns: what the compiler said about sources that compiled.
  /// - Throws: `toolMissing` without a suitable swiftc or LLVM; `runtimeMissing`; `compileFailed` and
  ///   `backEndFailed` with the compiler's output; `notForXtensa`; `fileSystem`; `cancelled`.
  public func compile() async throws(BuildFailure) -> [String] {
    try await SwiftToolchain.check(compiler)
    return try await FileLock.holding(folder.appending("lock")) { () async throws(BuildFailure) in
      StaleTemporaries.remove(in: folder)
      let onEvent = onEvent
      let swiftc = Compiler { command in
        onEvent(.compiling(source: command.object.stem ?? "", module: "runtime"))
      }
      var warnings: [String] = []
      for stage in RuntimeModule.stages {
        var commands: [CompileCommand] = []
        for module in stage { commands.append(try command(module)) }
        do throws(BuildFailure) { warnings += try await swiftc.compile(commands) ?? [] } catch {
          guard error.code == .compileFailed else { throw error }
          // All sources of a module would be a long list: the compiler's output names the one.
          throw BuildFailure(
            .buildFailed, .compileFailed, "the runtime in \(sources) did not compile for \(abi)",
            output: error.output)
        }
      }
      if let last = RuntimeModule.all.last { try archive(product(of: last)) }
      return warnings
    }
  }

  /// Everything that the archive was made from: the files that the compiler read, and the folders in which there may
  /// be more of them.
  ///
  /// - Throws: `runtimeMissing`.
  public func inputs() throws(BuildFailure) -> [FilePath] {
    var paths: Set<String> = []
    for module in RuntimeModule.all {
      for source in try module.sources(in: sources) {
        paths.insert(source.removingLastComponent().string)
      }
      let read = InputRecord(of: product(of: module))?.inputs ?? []
      paths.formUnion(read.map { $0.path }.filter { !$0.starts(with: folder) }.map { $0.string })
    }
    return paths.sortedByBytes().map { FilePath($0) }
  }

  /// Tells a build system when to compile again: a Make rule.
  ///
  /// - Parameter target: the archive as the build system names it.
  /// - Throws: `fileSystem`; `runtimeMissing`.
  public func writeDependencies(of target: String, to path: FilePath) throws(BuildFailure) {
    let rule = MakeRule(target: target, prerequisites: try inputs())
    try FileContents.write(Array(rule.text.utf8), to: path)
  }

  private func product(of module: RuntimeModule) -> FilePath {
    folder.appending(
      module == RuntimeModule.all.last ? "\(module.name).o" : "\(module.name).swiftmodule")
  }

  private func command(_ module: RuntimeModule) throws(BuildFailure) -> CompileCommand {
    var options = [
      "-module-name", module.name, "-I", folder.string,
      "-module-cache-path", folder.appending("clang-modules").string,
    ]
    if softwareCrypto { options += ["-D", "HOTRELOAD_SOFTWARE_CRYPTO"] }
    let isLast = module == RuntimeModule.all.last
    if isLast {
      let map = sources.appending("CHotReload").appending("module.modulemap")
      options += ["-Xcc", "-fmodule-map-file=\(map)"]
    }
    return CompileCommand(
      swift: [compiler] + abi.options + options, sources: try module.sources(in: sources),
      object: product(of: module), isLast ? .object : .swiftModule,
      backEnd: isLast ? abi.backEnd(llvm: llvm) : nil)
  }

  private func archive(_ object: FilePath) throws(BuildFailure) {
    let bytes = try FileContents.read(object)
    // A name of at most 15 bytes. Linkers show it in map files.
    let archive = Archive(members: [.init(name: "hotreload.o", bytes: bytes)])
    try FileContents.writeIfChanged(archive.encoded(), to: output)
  }
}
