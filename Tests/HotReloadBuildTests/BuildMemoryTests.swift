import SystemPackage
import Testing

@testable import HotReloadBuild

/// What stays from one build to the next.
@Suite(.timeLimit(.minutes(5))) struct BuildMemoryTests {
  @Test func `a file is read again only if it is another one`() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write("one", to: "file")
    let memory = FileMemory<[UInt8]>()
    var reads = 0
    func read(as variant: String = "") throws -> [UInt8] {
      try memory.value(of: path, as: variant) { () throws(BuildFailure) in
        reads += 1
        return try FileContents.read(path)
      }
    }
    for _ in 0..<3 { #expect(try read() == Array("one".utf8)) }
    #expect(reads == 1)
    _ = try read(as: "something else")
    #expect(reads == 2)
    try folder.write("other", to: "file")
    for _ in 0..<3 { #expect(try read() == Array("other".utf8)) }
    #expect(reads == 3)
    FileContents.remove(path)
    #expect(throws: BuildFailure.self) { try read() }
    #expect(throws: BuildFailure.self) { try read() }
    #expect(reads == 5, "a failure is not kept")
  }

  @Test func `a build by tools that waited makes the same module`() async throws {
    let project = try SampleProject()
    _ = try await project.buildAll()
    let builder = ModuleBuilder(plan: project.plan, memory: BuildMemory())
    for text in ["Howdy", "Hi"] {
      await builder.startTools()
      try project.edit("reloadable", SampleProject.greeting.replacing("Hello", with: text))
      let warm = try #require(try await builder.build().modules.first)
      let image = try FileContents.read(warm.image)
      for path in [warm.sharedObject, warm.image] { FileContents.remove(path) }
      FileContents.remove(InputRecord.path(for: warm.sharedObject))
      let cold = try #require(try await project.builder.build().modules.first)
      #expect(cold.changed && cold.id == warm.id && image.count == cold.size)
    }
  }

  @Test func `an error is the same from a compiler that waited`() async throws {
    let project = try SampleProject()
    _ = try await project.buildAll()
    try project.edit("reloadable", "int reloadable_hello(void) { return missing; }")
    let builder = ModuleBuilder(plan: project.plan, memory: BuildMemory())
    await builder.startTools()
    let warm = await #expect(throws: BuildFailure.self) { try await builder.build() }
    let cold = await #expect(throws: BuildFailure.self) { try await project.builder.build() }
    #expect(warm?.output?.contains("'missing'") == true && warm == cold)
  }

  @Test(arguments: [
    "plain", "two words", #"a "quoted" word"#, #"back\slash"#, "it's", "$HOME `x` *", "",
  ])
  func `arguments come as they are`(word: String) async throws {
    let folder = try TemporaryFolder()
    // Prints each of its arguments as LLVM's programs take them.
    let source = try folder.write("TEXT\n", to: "a.c")
    let tool = StartedTool([Toolchain.clang], in: folder.path)
    let result = try await tool.run(["-E", "-P", "-w", "-DTEXT=[\(word)]", source.string])
    #expect(result?.output == "[\(word)]\n" && result?.succeeded == true)
  }

  @Test func `an empty argument is one`() async throws {
    let folder = try TemporaryFolder()
    let source = try folder.write("TEXT\n", to: "a.c")
    let tools = StartedTools()
    tools.start([Toolchain.clang])
    let command = [Toolchain.clang, "-E", "-P", "-w", "-I", "", "-DTEXT=text", source.string]
    #expect(try await tools.run(command).output == "text\n")
  }

  @Test func `only programs that can wait are started`() {
    for command in [
      ["/usr/bin/gcc"], ["clang"], ["/opt/xtensa-esp32-elf-ld"], ["/usr/bin/ld.lld"],
      ["/usr/bin/swiftc"], ["/opt/swift/usr/bin/swift-frontend"],
    ] {
      #expect(!StartedTool.canWait(command), "\(command)")
    }
    for command in [
      ["/usr/bin/clang"], ["/opt/swift/usr/bin/ld.lld", "-m", "elf32lriscv"],
      ["/usr/bin/clang++-19"], ["/opt/swift/usr/bin/swift-frontend", "-frontend"],
      ["/usr/bin/llc-22"], ["/opt/llvm/bin/llvm-mc"],
    ] {
      #expect(StartedTool.canWait(command), "\(command)")
    }
  }

  /// A program of LLVM by its name.
  private func script(_ text: String, in folder: TemporaryFolder) throws -> String {
    let path = folder.path.appending("clang")
    try FileContents.write(
      Array("#!/bin/sh\n\(text)\n".utf8), to: path,
      permissions: [.ownerReadWriteExecute])
    return path.string
  }

  @Test func `a program that did not wait is run as usual`() async throws {
    let folder = try TemporaryFolder()
    let program = try script("[ \"$1\" = @/dev/stdin ] && exit 1; echo ran \"$@\"", in: folder)
    let tools = StartedTools()
    tools.start([program])
    #expect(try await tools.run([program, "as usual"]).output == "ran as usual\n")
  }

  @Test func `a program that was replaced is not used any more`() async throws {
    let folder = try TemporaryFolder()
    let tools = StartedTools()
    let program = try script("cat; echo old", in: folder)
    tools.start([program])
    _ = try script("echo replaced \"$@\"", in: folder)
    #expect(try await tools.run([program, "by it"]).output == "replaced by it\n")
  }

  @Test func `what is not needed ends`() async throws {
    let folder = try TemporaryFolder()
    let (started, ended) = (folder.path.appending("started"), folder.path.appending("ended"))
    try await Toolchain.run(["mkfifo", started.string, ended.string])
    // It has the one pipe open for as long as it is there, and says by the other that it is.
    let program = try script("exec 3> '\(ended)'; echo > '\(started)'; cat", in: folder)
    let end = Task { try await ToolProcess.run(["cat", ended.string]) }
    var tool: StartedTool? = StartedTool([program], in: nil)
    #expect(try await ToolProcess.run(["head", "-n", "1", started.string]).output == "\n")
    #expect(tool?.isCurrent == true)
    tool = nil
    #expect(try await end.value.succeeded)
  }
}
