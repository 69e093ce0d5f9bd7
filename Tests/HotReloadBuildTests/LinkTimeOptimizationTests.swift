import SystemPackage
import Testing

@testable import HotReloadBuild

/// Modules whose objects hold bitcode.
struct LinkTimeOptimizationTests {
  private static let source = """
    int printf(const char *, ...);
    static int volatile n;
    __attribute__((constructor)) static void start(void) { n = 3; }
    __attribute__((section("registry"), used)) static const int entry = 5;
    int run(int x) { return printf("%d", x) + n; }
    """

  @Test(arguments: ["-flto", "-flto=thin"])
  func `bitcode becomes machine code before anything looks at it`(option: String) async throws {
    let project = try SampleProject(
      ["m": Self.source], options: Toolchain.moduleOptions + [option], lifecycle: true)
    let module = try #require(try await project.buildAll().modules.first)
    #expect(module.exports == ["run"])
    let image = try ImageContents(FileContents.read(module.image))
    #expect(image.field(108) != 0, "a lifecycle function")
    let object = project.plan.output.module("m").optimizedObject
    let optimized = FileStatus(object)
    #expect(optimized != nil)
    let again = try await project.builder.build()
    #expect(again.modules.first?.id == module.id)
    #expect(FileStatus(object) == optimized, "nothing to do")
    try project.edit("m", Self.source.replacing("n = 3", with: "n = 4"))
    #expect(try await project.builder.build().modules.first?.id != module.id)
  }

  @Test func `what the linker says while it optimizes is a warning`() async throws {
    let project = try SampleProject(
      ["m": Self.source], options: Toolchain.moduleOptions + ["-flto"])
    let linker = try project.folder.write(
      """
      #!/bin/sh
      case "$*" in *' -r '*) echo 'warning: inlined' ;; esac
      exec '\(Toolchain.linker)' "$@"
      """, to: "ld.lld")
    try await Toolchain.run(["chmod", "+x", linker.string])
    var plan = project.plan
    plan.linker.path = linker.string
    let builder = ModuleBuilder(plan: plan)
    #expect(try await builder.prepare().warnings == ["warning: inlined\n"])
    #expect(try await builder.prepare().warnings == [], "once")
  }

  @Test func `a linker that reads no bitcode is said to be the trouble`() async throws {
    let base = try SampleProject(["m": Self.source], options: Toolchain.moduleOptions + ["-flto"])
    let linker = try base.folder.write(
      "#!/bin/sh\necho 'm.c.o: file format not recognized'\nexit 1\n", to: "ld")
    try await Toolchain.run(["chmod", "+x", linker.string])
    var plan = base.plan
    plan.linker.path = linker.string
    let failure = await #expect(throws: BuildFailure.self) {
      try await ModuleBuilder(plan: plan).prepare()
    }
    #expect(failure?.code == .linkFailed)
    #expect(failure?.hint?.contains("without -flto") == true)
    #expect(failure?.output?.contains("not recognized") == true)
  }

  @Test func `GCC's objects without machine code are refused with its option`() async throws {
    let project = try SampleProject(
      ["m": "char __gnu_lto_slim; int run(void) { return 1; }"])
    let failure = await #expect(throws: BuildFailure.self) { try await project.builder.prepare() }
    #expect(failure?.code == .unsupportedObject)
    #expect(failure?.hint?.contains("-ffat-lto-objects") == true)
  }
}
