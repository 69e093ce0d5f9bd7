import SystemPackage
import Testing

@testable import HotReloadBuild

struct CompileCommandTests {
  @Test func `output and dependency options are replaced`() throws {
    let words = [
      "cc", "-O2", "-MD", "-MT", "a.o", "-MFa.d", "-MF", "a.d", "-MMD", "-MP", "-o", "a.o", "-c",
      "a.c",
    ]
    let command = try #require(
      CompileCommand(directory: "/b", source: "../a.c", output: nil, words: words))
    #expect(command.sources == ["/a.c"])
    #expect(command.object == "/b/a.o")
    #expect(
      command.invocation(object: "/t.o") == [
        "cc", "-O2", "-c", "a.c", "-MD", "-MF", "/t.o.d", "-MT", "object", "-o", "/t.o",
      ])
  }

  @Test func `a command without output is refused`() {
    #expect(
      CompileCommand(directory: "/b", source: "a.c", output: nil, words: ["cc", "a.c"]) == nil)
  }

  @Test func `commands are those of the module, in the order of its sources`() throws {
    let folder = try TemporaryFolder()
    let file = try folder.write(
      """
      [{"directory": "/b", "file": "/s/a.c", "output": "CMakeFiles/other.dir/a.o", "command": "cc -c"},
       {"directory": "/b", "file": "/s/a.c", "output": "CMakeFiles/m.dir/a.o", "command": "cc '-DA=1 2'"},
       {"directory": "/b", "file": "/s/b.c", "output": "CMakeFiles/m.dir/b.o", "arguments": ["cc"]}]
      """, to: "compile_commands.json")
    let commands = try CompileCommands(contentsOf: file)
    var module = BuildPlan.Module(
      name: "m", partition: .init(label: "m", size: 8192, eraseSize: 4096),
      sources: ["/s/b.c", "/s/a.c"], objectFolders: ["/b/CMakeFiles/m.dir"])
    #expect(
      try commands.commands(of: module).map(\.object) == [
        "/b/CMakeFiles/m.dir/b.o", "/b/CMakeFiles/m.dir/a.o",
      ])
    #expect(try commands.commands(of: module)[1].arguments == ["cc", "-DA=1 2"])
    module.sources.append("/s/c.c")
    let failure = #expect(throws: BuildFailure.self) { try commands.commands(of: module) }
    #expect(failure?.message == "no compile command for /s/c.c of module 'm'")
  }

  @Test func `a source that two targets of a module compile is compiled in both ways`() throws {
    let folder = try TemporaryFolder()
    let file = try folder.write(
      """
      [{"directory": "/b", "file": "/s/a.c", "output": "CMakeFiles/m.dir/a.o", "command": "cc -DA"},
       {"directory": "/b", "file": "/s/a.c", "output": "CMakeFiles/n.dir/a.o", "command": "cc -DB"}]
      """, to: "compile_commands.json")
    let module = BuildPlan.Module(
      name: "m", partition: .init(label: "m", size: 8192, eraseSize: 4096),
      sources: ["/s/a.c", "/s/a.c"], objectFolders: ["/b/CMakeFiles/m.dir", "/b/CMakeFiles/n.dir"])
    let commands = try CompileCommands(contentsOf: file).commands(of: module)
    #expect(commands.map(\.arguments) == [["cc", "-DA"], ["cc", "-DB"]])
  }

  @Test func `commands of other sources are not even taken apart`() throws {
    let folder = try TemporaryFolder()
    let file = try folder.write(
      """
      [{"directory": "/b", "file": "/s/main.c", "command": "cc 'never closed"},
       {"directory": "/b", "file": "../s/./a.c", "output": "m.dir/a.o", "command": "cc -DA"}]
      """, to: "compile_commands.json")
    let module = BuildPlan.Module(
      name: "m", partition: .init(label: "m", size: 8192, eraseSize: 4096),
      sources: ["/s/x/../a.c"], objectFolders: ["/b/m.dir"])
    let commands = try CompileCommands(contentsOf: file).commands(of: module)
    #expect(commands.map(\.sources) == [["/s/a.c"]])
  }

  @Test(arguments: [
    ("nonsense", "not JSON"), (#"[{"file": "a"}]"#, "field '[0].directory' is missing"),
    (#"[{"directory": "/", "file": "a.c", "command": "cc 'a"}]"#, "cannot be read"),
    (#"[{"directory": "/", "file": "a.c", "command": "cc a.c"}]"#, "names no output"),
  ])
  func `bad databases are refused with the reason`(text: String, reason: String) throws {
    let folder = try TemporaryFolder()
    let file = try folder.write(text, to: "compile_commands.json")
    let module = BuildPlan.Module(
      name: "m", partition: .init(label: "m", size: 8192, eraseSize: 4096), sources: ["/a.c"],
      objectFolders: ["/"])
    let failure = #expect(throws: BuildFailure.self) {
      try CompileCommands(contentsOf: file).commands(of: module)
    }
    #expect(failure?.message.contains(reason) == true, "\(String(describing: failure))")
    #expect(failure?.code == .badCompileCommands)
  }
}
