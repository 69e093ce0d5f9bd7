import HotReloadLoader
import SystemPackage
import Testing

@testable import HotReloadBuild

/// Kept variables from source to image.
struct KeptModuleTests {
  private static let source = """
    #include "hotreload_module.h"
    HOTRELOAD_KEEP static uint32_t count = 3;
    HOTRELOAD_KEEP static struct { short x, y; } point;
    static int ordinary[20];
    int run(int i) { HOTRELOAD_KEEP static int calls; return ++calls + count++ + point.x + ordinary[i]++; }
    """

  private func project(_ source: String = source, _ name: String = "m") throws -> SampleProject {
    let include = Toolchain.root.pushing("components/hotreload/include")
    return try SampleProject(
      [name: source], options: Toolchain.moduleOptions + ["-g", "-I\(include)"])
  }

  @Test func `the note lists them, for the chip and for people`() async throws {
    let project = try project()
    let module = try #require(try await project.buildAll().modules.first)
    #expect(Set(module.kept.map(\.name)) == ["count", "point", "run::calls"])
    let bytes = try FileContents.read(module.image)
    let image = try ModuleImage(bytes.span.raw, chip: .esp32c3)
    let listed = try KeptVariable.all(in: image)
    #expect(listed == module.kept)
    for (index, variable) in module.kept.enumerated() {
      let hash = try image.kept(at: UInt32(index)).nameHash
      #expect(hash == FNV1a.hash(of: variable.name.utf8), "\(variable.name)")
    }
    // The initial value is where the note says.
    let count = try #require(module.kept.first { $0.name == "count" })
    let contents = try ImageContents(bytes)
    #expect(contents.word(at: Int(count.address), in: contents.data) == 3)
  }

  @Test func `the same source in another folder makes the same module`() async throws {
    let first = try project()
    let module = try #require(try await first.buildAll().modules.first)
    let second = try project()
    try FileContents.write(
      FileContents.read(FilePath(first.plan.keyFile)), to: FilePath(second.plan.keyFile))
    let other = try #require(try await second.buildAll().modules.first)
    #expect(module.id == other.id)
    #expect(module.kept == other.kept)
  }

  @Test func `an edit of the layout is said, once`() async throws {
    let project = try project()
    try await project.buildAll()
    try project.edit("m", Self.source.replacing("short x, y;", with: "short x, y, z;"))
    let warnings = try await project.builder.build().warnings
    #expect(
      warnings == [
        "note: kept variable 'point' has another layout than before: it begins anew, unless a "
          + "function of HOTRELOAD_MIGRATE takes the old value over\n"
      ])
    #expect(try await project.builder.build().warnings == [])
    try project.edit("m", Self.source.replacing("= 3", with: "= 4"))
    let back = try await project.builder.build().warnings
    #expect(back.count == 1 && back.first?.contains("'point'") == true, "\(back)")
  }

  @Test func `an initial value that is an address of the module is refused`() async throws {
    let project = try project(
      """
      #include "hotreload_module.h"
      HOTRELOAD_KEEP static struct { int count; const char *name; } state = { 1, "name" };
      int run(void) { return state.count++ + state.name[0]; }
      """)
    _ = try await project.builder.prepare()
    try await project.linkFirmware()
    let failure = await #expect(throws: BuildFailure.self) { try await project.builder.build() }
    #expect(failure?.code == .badKeptVariable)
    #expect(
      failure?.message
        == "kept variable 'state' begins with an address of the module, in the member 'name'")
  }

  @Test func `an address of the firmware may be kept`() async throws {
    let project = try project(
      """
      #include "hotreload_module.h"
      int helper(int);
      HOTRELOAD_KEEP static int (*call)(int) = helper;
      int run(void) { return call(1); }
      """)
    let report = try await project.buildAll()
    #expect(report.modules.first?.kept.map(\.name) == ["call"])
    #expect(report.warnings.contains { $0.contains("kept variable 'call' is a pointer") })
  }
}
