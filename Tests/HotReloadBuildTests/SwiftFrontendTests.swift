import SystemPackage
import Testing

@testable import HotReloadBuild

/// swiftc asked what it starts, and that started without it.
@Suite(.timeLimit(.minutes(5))) struct SwiftFrontendTests {
  /// swiftc that writes down how it was called: `jobs` for the question, `work` for all else.
  private func countingCompiler(in folder: TemporaryFolder) throws -> (path: String, log: FilePath)
  {
    let log = folder.path.appending("log")
    let script = """
      #!/bin/sh
      case "$*" in *-driver-print-jobs*) echo jobs ;; *) echo work ;; esac >> '\(log)'
      exec '\(Toolchain.swiftc)' "$@"

      """
    let path = folder.path.appending("swiftc")
    try FileContents.write(
      Array(script.utf8), to: path, permissions: .ownerReadWriteExecute)
    return (path.string, log)
  }

  @Test func `the frontend makes what swiftc would make, and swiftc is asked once`() async throws {
    let folder = try TemporaryFolder()
    let compiler = try countingCompiler(in: folder)
    let project = try SwiftProject(compiler: compiler.path)
    let object = FilePath(try #require(project.plan.modules[0].swift?[0].object))
    let builder = ModuleBuilder(plan: project.plan, memory: BuildMemory())
    for number in 1...3 {
      await builder.startTools()
      try project.folder.write(SwiftProject.main + "// \(number)\n", to: "main.swift")
      #expect(try await !builder.prepare().steps.isEmpty)
      let warm = try FileContents.read(object)
      FileContents.remove(InputRecord.path(for: object))
      #expect(try await project.compiles())
      #expect(try FileContents.read(object) == warm)
    }
    let calls = String(decoding: try FileContents.read(compiler.log), as: UTF8.self)
    #expect(calls.split(separator: "\n") == ["jobs", "work", "work", "work"])
    #expect(try project.folder.names().filter { $0.contains(".temporary") } == [])
  }

  @Test func `an error is the same without swiftc`() async throws {
    let project = try SwiftProject(
      main: "@c(run) public func run() { let unused = 1; missing() }\n")
    let builder = ModuleBuilder(plan: project.plan, memory: BuildMemory())
    await builder.startTools()
    let warm = await #expect(throws: BuildFailure.self) { try await builder.prepare() }
    let cold = await #expect(throws: BuildFailure.self) { try await project.builder.prepare() }
    #expect(warm?.output?.contains("error: cannot find 'missing'") == true && warm == cold)
  }

  @Test func `what a frontend leaves without an error swiftc does`() async throws {
    let folder = try TemporaryFolder()
    let frontend = folder.path.appending("swift-frontend")
    let compiler = folder.path.appending("swiftc")
    for (path, script) in [
      (frontend, "cat > \(folder.path)/ran; echo 'a.swift:1:1: warning: half-done'; kill -9 $$"),
      (
        compiler,
        """
        case "$*" in *-driver-print-jobs*) echo '\(frontend)' -frontend -c; exit ;; esac
        exec '\(Toolchain.swiftc)' "$@"
        """
      ),
    ] {
      try FileContents.write(
        Array("#!/bin/sh\n\(script)\n".utf8), to: path, permissions: .ownerReadWriteExecute)
    }
    let project = try SwiftProject(compiler: compiler.string)
    let builder = ModuleBuilder(plan: project.plan, memory: BuildMemory())
    await builder.startTools()
    let report = try await builder.prepare()
    #expect(!report.steps.isEmpty && report.warnings == [])
    #expect(try folder.names().contains("ran"))
  }

  @Test func `another swiftc is asked again`() async throws {
    let folder = try TemporaryFolder()
    let compiler = try countingCompiler(in: folder)
    let frontends = SwiftFrontends()
    let source = try folder.write("", to: "a.swift")
    let invocation = [compiler.path, "-c", source.string, "-o", "a.o"]
    await frontends.learn(invocation, in: folder.path)
    let command = try #require(frontends.command(for: invocation, in: folder.path))
    #expect(command[1] == "-frontend" && command.contains(source.string))
    #expect(frontends.command(for: invocation + ["-O"], in: folder.path) == nil)
    #expect(frontends.command(for: invocation, in: "/") == nil)
    _ = try countingCompiler(in: folder)
    #expect(frontends.command(for: invocation, in: folder.path) == nil)
  }

  @Test func `another frontend, or none, is asked for again`() async throws {
    let folder = try TemporaryFolder()
    let program = try folder.write("1", to: "swift-frontend")
    let compiler = folder.path.appending("swiftc")
    try FileContents.write(
      Array("#!/bin/sh\necho \(program) -frontend -c\n".utf8), to: compiler,
      permissions: .ownerReadWriteExecute)
    let frontends = SwiftFrontends()
    let known = { frontends.command(for: [compiler.string], in: folder.path) != nil }
    for change in ["22", nil] {
      await frontends.learn([compiler.string], in: folder.path)
      #expect(known())
      if let change {
        try folder.write(change, to: "swift-frontend")
      } else {
        FileContents.remove(program)
      }
      #expect(!known(), "\(change ?? "gone")")
    }
  }

  @Test(
    arguments: [
      (
        "/bin/swift-frontend -frontend -c 'a b.swift' -o a.o\n",
        ["/bin/swift-frontend", "-frontend", "-c", "a b.swift", "-o", "a.o"]
      ),
      // Two jobs; arguments in files that are gone; another program; none that is known by its path; nothing.
      ("/bin/swift-frontend -frontend -c a.swift\n/bin/swift-frontend -frontend -c b.swift\n", nil),
      ("/bin/swift-frontend -frontend @/tmp/arguments.resp\n", nil),
      ("/bin/swift-frontend -frontend -c -filelist /tmp/sources -o a.o\n", nil),
      ("/bin/swift-frontend -frontend -c a -supplementary-output-file-map /tmp/map\n", nil),
      ("/bin/swift-frontend -frontend -c a -o /b/TemporaryDirectory.1/a.o\n", nil),
      ("/bin/clang -c a.c\n", nil), ("swift-frontend -frontend -c a.swift\n", nil), ("\n", nil),
      ("/bin/swift-frontend -frontend 'a\n", nil),
    ] as [(String, [String]?)])
  func `only one frontend with all of its arguments is an answer`(
    jobs: String, command: [String]?
  ) {
    #expect(SwiftFrontends.onlyFrontend(in: jobs) == command)
  }
}
