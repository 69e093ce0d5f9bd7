import SystemPackage
import Testing

@testable import HotReloadBuild

/// What modules for Xtensa are linked from, and what is said if that fails.
struct XtensaLinkTests {
  /// A module that calls `inner()`, which only an archive has, in a member with a long name.
  private func project(
    inner source: String, options: [String] = Toolchain.xtensaModuleOptions, thin: Bool = false
  ) async throws -> (SampleProject, ModuleBuilder) {
    let project = try SampleProject.xtensa(
      ["m": "int inner(int); int run(int x) { return inner(x); }"], lifecycle: true)
    let path = try project.folder.write(source, to: "inner_with_a_long_name.c")
    let object = project.folder.path.appending("inner_with_a_long_name.o").string
    let archive = project.folder.path.appending("libinner.a").string
    try await Toolchain.run(
      [Toolchain.xtensa("gcc")] + options + ["-c", path.string, "-o", object])
    try await Toolchain.run([Toolchain.xtensa("ar"), thin ? "rcT" : "rc", archive, object])
    var plan = project.plan
    plan.modules[0].linkInputs = [archive]
    return (project, ModuleBuilder(plan: plan))
  }

  private static let inner = """
    int helper(int); static int numbers[3] = {1, 2, 3};
    static int *const table[] = {numbers, numbers + 2};
    int inner(int x) { return helper((*table[x])++); }
    """

  @Test func `an archive is linked, and no copy of it stays`() async throws {
    let (project, builder) = try await project(inner: Self.inner)
    _ = try await builder.prepare()
    try await project.linkFirmware()
    let module = try #require(try await builder.build().modules.first)
    #expect(try ImageContents(FileContents.read(module.image)).relativeCount > 0)
    #expect(try !project.folder.names().contains { $0.hasSuffix(".tmp") })
  }

  /// Options of an archive's object, and what the hint says.
  static let failing: [(options: [String], thin: Bool, hint: String)] = [
    (["-Os", "-mno-longcalls"], false, "-mlongcalls"),
    (["-Os", "-mlongcalls", "-fPIC"], false, "without -fPIC"),
    (["-Os", "-mlongcalls"], true, "thin archive"),
  ]

  @Test(arguments: failing.indices)
  func `what the linker cannot do is said with the name of the archive and a hint`(
    index: Int
  ) async throws {
    let (options, thin, hint) = Self.failing[index]
    let (project, builder) = try await project(inner: Self.inner, options: options, thin: thin)
    let failure = await #expect(throws: BuildFailure.self) { try await builder.prepare() }
    #expect(failure?.code == .linkFailed, "\(failure as Any)")
    #expect(failure?.hint?.contains(hint) == true, "\(failure as Any)")
    #expect(failure?.output?.contains("-libinner.a.") == false, "\(failure as Any)")
    #expect(try !project.folder.names().contains { $0.hasSuffix(".tmp") })
  }

  /// Messages of GNU ld 2.40, and what the hint says.
  @Test(arguments: [
    ("dangerous relocation: call8: call target out of range: f", "-mlongcalls"),
    (
      "dangerous relocation: l32r: literal target out of range (too many literals)",
      "-mtext-section"
    ),
    ("dangerous relocation: l32r: literal placed after use: .literal.f", "-mtext-section-literals"),
  ])
  func `messages of the linker get a hint that helps`(message: String, hint: String) {
    #expect(LinkHint.text(for: message)?.contains(hint) == true)
  }

  @Test func `other messages get none`() {
    #expect(LinkHint.text(for: "undefined reference to `f'") == nil)
  }
}
