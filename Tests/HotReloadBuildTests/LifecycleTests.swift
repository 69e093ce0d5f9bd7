import HotReloadELF
import SystemPackage
import Testing

@testable import HotReloadBuild

/// Modules that have something to run when they come or go: what is linked, and what is not.
struct LifecycleTests {
  private func build(
    _ source: String, suffix: String = "c", lifecycle: Bool = true
  ) async throws -> (BuiltModule, SharedObject, ImageContents) {
    let project = try SampleProject(
      ["m": source], firmware: SampleProject.firmware + Self.heap,
      options: Toolchain.moduleOptions + Self.options(suffix), suffix: suffix,
      lifecycle: lifecycle)
    let module = try #require(try await project.buildAll().modules.first)
    return (
      module, try SharedObject(FileContents.read(module.sharedObject), path: "module.so"),
      try ImageContents(FileContents.read(module.image))
    )
  }

  private static let heap = """
    void *malloc(unsigned size) { return size ? 0 : (void *)&keep; }
    void free(void *block) { (void)block; }
    """

  private static func options(_ suffix: String) -> [String] {
    ["-I\(Toolchain.include)"]
      + (suffix == "c" ? [] : ["-fno-exceptions", "-fno-rtti", "-fno-threadsafe-statics"])
  }

  @Test func `a module with nothing to run does not grow by a byte`() async throws {
    let with = try SampleProject(lifecycle: true)
    let without = try SampleProject(lifecycle: false)
    let large = try #require(try await with.buildAll().modules.first)
    let small = try #require(try await without.buildAll().modules.first)
    #expect(large.size == small.size)
    #expect(large.size <= 512)
    #expect(large.exports == small.exports)
    let image = try ImageContents(FileContents.read(large.image))
    #expect(image.field(108) == 0, "no lifecycle function")
    let imports = try FileContents.read(with.plan.output.imports)
    #expect(!String(decoding: imports, as: UTF8.self).contains("malloc"))
  }

  /// What makes a module need its lifecycle function, and whether it takes room on the heap.
  static let sources: [(String, suffix: String, heap: Bool)] = [
    (
      "static int volatile n; __attribute__((constructor)) static void f(void) { n++; }", "c", false
    ),
    ("static int volatile n; __attribute__((destructor)) static void f(void) { n++; }", "c", false),
    (
      "static int volatile n; __attribute__((constructor(200))) static void f(void) { n++; }", "c",
      false
    ),
    (
      "#include \"hotreload_module.h\"\nstatic int f(hotreload_load_reason_t r) { return r; }"
        + " HOTRELOAD_ON_LOAD(f);", "c", false
    ),
    (
      "#include \"hotreload_module.h\"\nstatic void f(hotreload_unload_reason_t r) { (void)r; }"
        + " HOTRELOAD_ON_UNLOAD(f);", "c", false
    ),
    (
      "#include \"hotreload_module.h\"\nstatic bool f(const hotreload_migration_t *m)"
        + " { return m->size; } HOTRELOAD_MIGRATE(f);", "c", false
    ),
    (
      "int atexit(void (*)(void)); static int volatile n; static void f(void) { n++; }"
        + " int go(void) { return atexit(f); }", "c", true
    ),
    (
      "int start(); static int volatile value = start(); int start() { return 4; }", "cpp", false
    ),
    (
      "struct S { int volatile x = 5; ~S() { x = 0; } }; static S s; extern \"C\" int go() { return s.x; }",
      "cpp", true
    ),
    (
      "struct S { int volatile x = 5; ~S() { x = 0; } };"
        + " extern \"C\" int go() { static S s; return s.x++; }", "cpp", true
    ),
  ]

  @Test(arguments: sources.indices)
  func `the lifecycle function is linked where there is something to run`(index: Int) async throws {
    let (source, suffix, heap) = Self.sources[index]
    let run = suffix == "c" ? "int run(void) { return 1; }" : "extern \"C\" int run() { return 1; }"
    let text = source + "\n" + run
    let (module, linked, image) = try await build(text, suffix: suffix)
    let address = try #require(linked.lifecycle, "\(source)")
    #expect(image.field(108) == address)
    #expect(address >= linked.code.address && address % 2 == 0)
    #expect(!module.exports.contains("hotreload_lifecycle"), "hidden")
    #expect(!module.exports.contains("__cxa_atexit"), "hidden")
    let imported = linked.symbols.filter { !$0.symbol.isDefined }.map(\.name)
    #expect(imported.contains("malloc") == heap, "\(imported)")
    #expect(imported.contains("free") == heap, "\(imported)")
  }

  @Test func `without anything that runs them, constructors are an error`() async throws {
    let failure = await #expect(throws: BuildFailure.self) {
      try await build(
        "static int volatile n; __attribute__((constructor)) static void f(void) { n++; }"
          + " int run(void) { return n; }", lifecycle: false)
    }
    #expect(failure?.code == .constructors)
    #expect(failure?.hint?.contains("module/lifecycle.c") == true)
  }

  @Test func `constructors are listed by priority, then in the order of the link`() async throws {
    let (_, linked, _) = try await build(
      """
      static int volatile n;
      #define CONSTRUCTOR(name, ...) __attribute__((constructor __VA_ARGS__)) void name(void) { n++; }
      CONSTRUCTOR(plain)
      CONSTRUCTOR(second, (300))
      CONSTRUCTOR(first, (200))
      CONSTRUCTOR(other)
      __attribute__((section(".preinit_array"), used)) static void (*const early)(void) = first;
      int run(void) { return n; }
      """)
    let data = try #require(linked.data)
    let relocations = linked.relocations.filter { $0.type == 3 }.sorted { $0.offset < $1.offset }
    let targets = relocations.prefix(5).map { relocation in
      linked.symbols.first { $0.symbol.value == UInt32(bitPattern: relocation.addend) }?.name
    }
    #expect(targets == ["first", "first", "second", "plain", "other"])
    #expect(data.memorySize >= 20)
  }
}
