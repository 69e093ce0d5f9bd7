import HotReloadLoader
import SystemPackage
import Testing

@testable import HotReloadBuild

#if canImport(Darwin)
  import Darwin
#elseif canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// The life of a build folder.
struct ModuleBuilderTests {
  private func kinds(_ report: BuildReport) -> [BuildStep.Kind] { report.steps.map(\.kind) }

  @Test func `unchanged sources give the identical file`() async throws {
    let project = try SampleProject()
    let first = try await project.buildAll()
    let module = try #require(first.modules.first)
    #expect(kinds(first) == [.link, .pack])
    #expect(module.changed)
    let status = FileStatus(module.image)
    let again = try await project.builder.build()
    #expect(kinds(again) == [.pack])
    #expect(again.modules.first?.changed == false)
    #expect(again.modules.first?.id == module.id)
    #expect(again.modules.first?.sequence == module.sequence)
    #expect(FileStatus(module.image) == status)
  }

  @Test func `what is flashed may be written after a reload`() async throws {
    let project = try SampleProject()
    let module = try #require(try await project.buildAll().modules.first)
    func flashed() throws -> [UInt8] { try FileContents.read(module.partitionImage) }
    let before = try flashed()
    try project.edit("reloadable", SampleProject.greeting.replacing("Hello", with: "Howdy"))
    #expect(try await project.builder.build(.images).isComplete == false)
    #expect(try flashed() == before)
    let image = try FileContents.read(module.image)
    try await project.builder.writePartitionImages()
    #expect(try Array(flashed()[512..<512 + image.count]) == image)
    // Killed before that: the next build writes it.
    try FileContents.write(before, to: module.partitionImage)
    let again = try await project.builder.build()
    #expect(again.isComplete && again.modules.first?.changed == false)
    #expect(try Array(flashed()[512..<512 + image.count]) == image)
  }

  @Test func `preparing twice touches nothing but the stamp`() async throws {
    let project = try SampleProject()
    let output = project.plan.output
    let files = [output.stubs, output.table, output.imports, output.firmwareSource]
    #expect(kinds(try await project.builder.prepare()) == [.compile])
    let before = files.map { FileStatus($0) }
    #expect(kinds(try await project.builder.prepare()) == [])
    #expect(files.map { FileStatus($0) } == before)
    #expect(!before.contains(nil))
    let rule = try #require(MakeRule(parsing: FileContents.read(output.prepareDependencies)))
    #expect(rule.target == output.prepareStamp.string)
    #expect(rule.prerequisites.contains(project.folder.path.appending("reloadable.c")))
  }

  @Test func `an edit makes another module for the same firmware`() async throws {
    let project = try SampleProject()
    let before = try #require(try await project.buildAll().modules.first)
    try project.edit("reloadable", SampleProject.greeting.replacing("Hello", with: "Howdy"))
    let report = try await project.builder.build()
    let after = try #require(report.modules.first)
    #expect(kinds(report) == [.compile, .link, .pack])
    #expect(after.changed && after.id != before.id && after.sequence > before.sequence)
    try project.edit("reloadable", SampleProject.greeting)
    #expect(try await project.builder.build().modules.first?.id == before.id)
  }

  @Test func `a header's edit compiles what includes it, and only that`() async throws {
    let project = try SampleProject([
      "a": "#include \"a.h\"\nint a(void) { return A; }", "b": "int b(void) { return 2; }",
    ])
    let header = try project.folder.write("#define A 1\n", to: "a.h")
    try await project.buildAll()
    #expect(try project.builder.inputs().contains(header))
    try project.folder.write("#define A 22\n", to: "a.h")
    let report = try await project.builder.build()
    #expect(report.steps.filter { $0.kind == .compile }.map(\.module) == ["a"])
    #expect(report.modules.filter(\.changed).map(\.name) == ["a"])
  }

  @Test func `compiler errors come in full, and nothing half-made stays`() async throws {
    let project = try SampleProject()
    try await project.buildAll()
    let object = try FileContents.read(project.object(of: "reloadable"))
    try project.edit("reloadable", "int broken(void) { return 1 }\nint worse(void) { retrn 2; }\n")
    let failure = await #expect(throws: BuildFailure.self) { try await project.builder.build() }
    #expect(failure?.kind == .buildFailed)
    #expect(failure?.code == .compileFailed)
    #expect(failure?.output?.contains("error: expected ';' after return statement") == true)
    #expect(failure?.output?.contains("reloadable.c:2:") == true)
    #expect(failure?.output?.contains("int broken(void) { return 1 }") == true)
    #expect(try FileContents.read(project.object(of: "reloadable")) == object)
    #expect(try project.folder.names().filter { $0.contains(".tmp") } == [])
  }

  @Test func `warnings and exported data are reported`() async throws {
    let project = try SampleProject(
      ["m": "int counter = 1;\nint run(void) { int unused; return counter; }"],
      options: Toolchain.moduleOptions + ["-Wall"])
    let warnings = try await project.builder.prepare().warnings
    #expect(warnings.count == 2)
    #expect(warnings.first?.contains("unused variable 'unused'") == true)
    #expect(warnings.last?.contains("'counter'") == true)
  }

  @Test func `a failure does not swallow the warnings before it`() async throws {
    let project = try SampleProject(
      ["m": "int run(void) { return 1; }"], options: Toolchain.moduleOptions + ["-Wall"])
    try await project.buildAll()
    try project.edit("m", "int nowhere(void); int run(void) { int unused; return nowhere(); }")
    let failure = await #expect(throws: BuildFailure.self) { try await project.builder.build() }
    #expect(failure?.code == .unresolvedImport)
    #expect(failure?.output?.contains("unused variable 'unused'") == true, "\(failure as Any)")
  }

  @Test func `assembly without types is reported`() async throws {
    let project = try SampleProject(
      ["m": ".text\n.globl bare, run\n.type run, @function\nbare: run: ret\n"], suffix: "S")
    let warnings = try await project.builder.prepare().warnings
    #expect(warnings.count == 1)
    #expect(warnings.first?.contains("'bare' without a type") == true, "\(warnings)")
  }

  @Test func `exports gained and lost ask for a new firmware`() async throws {
    let project = try SampleProject(["m": "int a(void) { return 1; } int b(void) { return 2; }"])
    try await project.buildAll()
    try project.edit("m", "int a(void) { return 1; } int c(void) { return 3; }")
    let failure = await #expect(throws: BuildFailure.self) { try await project.builder.build() }
    #expect(
      failure?.message == "exports changed: +c −b: rebuild and flash"
        + "; or make it static if only the module uses it")
    #expect(failure?.code == .exportsChanged)
    #expect(failure?.hint == "cmake --build \(project.plan.buildFolder)")
    // What counts is the firmware, not what `prepare` wrote for the next one.
    _ = try await project.builder.prepare()
    #expect(
      await #expect(throws: BuildFailure.self) { try await project.builder.build() } == failure)
    try await project.linkFirmware()
    #expect(try await project.builder.build().modules.first?.exports == ["a", "c"])
  }

  @Test func `a board is started again, and what is only lost is not to be made static`()
    async throws
  {
    let project = try SampleProject(["m": "int a(void) { return 1; } int b(void) { return 2; }"])
    try await project.buildAll()
    try project.edit("m", "int a(void) { return 1; }")
    var plan = project.plan
    plan.board = "/boards/b"
    let builder = ModuleBuilder(plan: plan)
    let failure = await #expect(throws: BuildFailure.self) { try await builder.build() }
    #expect(
      failure?.message
        == "exports changed: −b: rebuild, then start the firmware again: hotreload run")
    #expect(failure?.hint == "cmake --build \(plan.buildFolder)")
  }

  @Test func `a name on both sides is an error`() async throws {
    let project = try SampleProject(["m": "int a(void) { return 1; }"])
    try await project.buildAll()
    try project.edit("m", "int a(void) { return 1; } int helper(int x) { return x; }")
    let failure = await #expect(throws: BuildFailure.self) { try await project.builder.build() }
    #expect(failure?.code == .definedTwice)
    #expect(failure?.message.contains("'helper'") == true)
  }

  @Test func `a name on both sides stops the first link of the firmware, too`() async throws {
    let project = try SampleProject([
      "m": "int a(void) { return 1; } int helper(int x) { return x; }"
    ])
    _ = try await project.builder.prepare()
    let failure = await #expect(throws: BuildFailure.self) { try await project.linkFirmware() }
    let output = try #require(failure?.output)
    #expect(output.contains("duplicate symbol: helper"), "\(output)")
    #expect(output.contains("main.c"), "\(output)")
    #expect(output.contains("stubs"), "\(output)")
  }

  @Test func `a name in two modules is an error`() async throws {
    let project = try SampleProject([
      "m": "int a(void) { return 1; }", "n": "int a(void) { return 1; }",
    ])
    let failure = await #expect(throws: BuildFailure.self) { try await project.builder.prepare() }
    #expect(failure?.code == .definedTwice)
    #expect(failure?.message == "'a' is defined by the modules 'm' and 'n'")
  }

  @Test func `a function may move to another module, with another firmware`() async throws {
    let project = try SampleProject([
      "m": "int a(void) { return 1; } int moved(void) { return 2; }",
      "n": "int b(void) { return 1; }",
    ])
    try await project.buildAll()
    try project.edit("m", "int a(void) { return 1; }")
    try project.edit("n", "int b(void) { return 1; } int moved(void) { return 2; }")
    let failure = await #expect(throws: BuildFailure.self) { try await project.builder.build() }
    #expect(failure?.code == .exportsChanged, "\(failure as Any)")
    #expect(failure?.message.contains("−moved") == true)
    let report = try await project.buildAll()
    #expect(report.modules.map(\.exports) == [["a"], ["b", "moved"]])
  }

  @Test func `an edit that gives the same object links nothing`() async throws {
    let project = try SampleProject()
    let before = try #require(try await project.buildAll().modules.first)
    try project.edit("reloadable", "// A comment.\n" + SampleProject.greeting)
    let report = try await project.builder.build()
    #expect(kinds(report) == [.compile, .pack])
    #expect(report.modules.first?.id == before.id)
    #expect(report.modules.first?.changed == false)
    #expect(kinds(try await project.builder.build()) == [.pack], "and is compiled once")
  }

  @Test func `one module calls the other through its stub`() async throws {
    let project = try SampleProject([
      "first": "int second(int); int first(int x) { return second(x) + 1; }",
      "second": "int second(int x) { return x * 2; }",
    ])
    let report = try await project.buildAll()
    #expect(report.modules.map(\.name) == ["first", "second"])
    let firmware = try FirmwareImage(
      FileContents.read(FilePath(project.plan.firmware.path)), path: "firmware")
    #expect(
      try firmware.tables() == [
        ExportTable(label: "first", names: ["first"]),
        ExportTable(label: "second", names: ["second"]),
      ])
  }

  @Test func `a module without exports is an error with the likely cause`() async throws {
    let project = try SampleProject(options: Toolchain.moduleOptions + ["-fvisibility=hidden"])
    let failure = await #expect(throws: BuildFailure.self) { try await project.builder.prepare() }
    #expect(failure?.code == .noExports)
    #expect(failure?.hint?.contains("-fvisibility=hidden") == true)
  }

  @Test func `a firmware that is missing, unprepared or without build-ID is said to be`()
    async throws
  {
    let project = try SampleProject()
    _ = try await project.builder.prepare()
    func failure() async -> BuildFailure? {
      await #expect(throws: BuildFailure.self) { try await project.builder.build() }
    }
    #expect(await failure()?.code == .firmwareMissing)
    let source = try project.folder.write("int _start(void) { return 1; }", to: "plain.c")
    let link =
      [Toolchain.clang] + Toolchain.options + [
        "-fuse-ld=lld", "-nostdlib", source.string, "-o", project.plan.firmware.path,
      ]
    try await Toolchain.run(link)
    #expect(await failure()?.code == .firmwareWithoutBuildID)
    try await Toolchain.run(link + ["-Wl,--build-id=sha1"])
    #expect(await failure()?.code == .firmwareNotPrepared)
    try FileContents.write([1, 2, 3], to: FilePath(project.plan.firmware.path))
    #expect(await failure()?.code == .malformedELF)
  }

  @Test func `an unknown chip is refused with those that are known`() async throws {
    let project = try SampleProject(chip: "esp9000")
    let failure = await #expect(throws: BuildFailure.self) { try await project.builder.prepare() }
    #expect(failure?.code == .unknownChip)
    #expect(failure?.hint?.contains("esp32c3") == true)
  }

  @Test func `a compiler that is not there is named`() async throws {
    let project = try SampleProject(compiler: "/nowhere/cc")
    let failure = await #expect(throws: BuildFailure.self) { try await project.builder.prepare() }
    #expect(failure?.code == .toolMissing)
    #expect(failure?.message.contains("/nowhere/cc") == true)
  }

  @Test(.timeLimit(.minutes(5)))
  func `cancelling kills the compiler and leaves nothing half-made`() async throws {
    let folder = try TemporaryFolder()
    let pipe = folder.path.appending("pipe").string
    // Says its process number, and then compiles for ever.
    let compiler = try folder.write("#!/bin/sh\necho $$ > '\(pipe)'\nexec sleep 600\n", to: "cc")
    try await Toolchain.run(["mkfifo", pipe])
    try await Toolchain.run(["chmod", "+x", compiler.string])
    let project = try SampleProject(compiler: compiler.string)
    let building = Task { try await project.builder.prepare() }
    let said = try await ToolProcess.run(["head", "-n", "1", pipe]).output
    let process = try #require(Int32(said.prefix { $0.isNumber }))
    building.cancel()
    let failure = await #expect(throws: BuildFailure.self) { try await building.value }
    #expect(failure?.kind == .cancelled)
    #expect(kill(process, 0) == -1 && errno == ESRCH)
    #expect(try project.folder.names().filter { $0.contains(".tmp") || $0.hasSuffix(".o") } == [])
  }

  @Test func `builds for every chip`() async throws {
    for index in 0..<Chip.count where Chip.at(index).instructionSet == .riscv(.soft) {
      let chip = Chip.at(index)
      let project = try SampleProject(chip: "\(chip.name)")
      let module = try #require(try await project.buildAll().modules.first)
      let image = try ImageContents(FileContents.read(module.image))
      #expect(image.executableOffset == chip.executableOffset)
    }
  }
}
