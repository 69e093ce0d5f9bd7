import SystemPackage
import Testing

@testable import HotReloadBuild

/// What archives bring into a module.
struct LinkInputTests {
  /// A module that calls `inner()`, which only an archive has.
  private func project(inner source: String) async throws -> (SampleProject, ModuleBuilder) {
    let project = try SampleProject(
      ["m": "int inner(int); int run(int x) { return inner(x); }"], lifecycle: true)
    let path = try project.folder.write(source, to: "inner.c")
    let object = project.folder.path.appending("inner.o").string
    let archive = project.folder.path.appending("libinner.a").string
    try await Toolchain.run(
      [Toolchain.clang] + Toolchain.moduleOptions + ["-c", path.string, "-o", object])
    try await Toolchain.run([Toolchain.archiver, "rc", archive, object])
    var plan = project.plan
    plan.modules[0].linkInputs = [archive]
    return (project, ModuleBuilder(plan: plan))
  }

  @Test func `constructors of an archive are found`() async throws {
    let (project, builder) = try await project(
      inner: "static int volatile n; __attribute__((constructor)) static void f(void) { n = 3; }"
        + " int inner(int x) { return n + x; }")
    _ = try await builder.prepare()
    try await project.linkFirmware()
    let module = try #require(try await builder.build().modules.first)
    #expect(try ImageContents(FileContents.read(module.image)).field(108) != 0)
  }

  @Test func `what an archive needs of the firmware is kept there`() async throws {
    let (project, builder) = try await project(
      inner: "int printf(const char *, ...); int inner(int x) { return printf(\"%d\", x); }")
    _ = try await builder.prepare()
    let imports = try FileContents.read(project.plan.output.imports)
    #expect(String(decoding: imports, as: UTF8.self).contains("EXTERN(printf)\n"))
    try await project.linkFirmware()
    #expect(try await builder.build().modules.first?.exports == ["run"])
  }

  @Test func `a function that only an archive has is not exported, and the hint says so`()
    async throws
  {
    let (project, builder) = try await project(inner: "int inner(int x) { return x; }")
    try project.edit("m", "static int unused;")
    let failure = await #expect(throws: BuildFailure.self) { try await builder.prepare() }
    #expect(failure?.code == .noExports)
    #expect(failure?.hint?.contains("LINK_INPUTS") == true, "\(failure as Any)")
  }

  @Test func `a section of an archive that no module has is refused by name`() async throws {
    let (project, builder) = try await project(
      inner: "__attribute__((section(\".rtc.data.0\"))) static int volatile kept = 1;"
        + " int inner(int x) { return kept += x; }")
    let failure = await #expect(throws: BuildFailure.self) { try await builder.prepare() }
    #expect(failure?.code == .unsupportedSection)
    #expect(failure?.message.contains("'.rtc.data.0'") == true, "\(failure as Any)")
    #expect(project.plan.modules.count == 1)
  }
}
