import HotReloadELF
import SystemPackage
import Testing

@testable import HotReloadBuild

/// Sections from source to image.
struct SectionTests {
  private func build(
    _ source: String, options: [String] = []
  ) async throws -> (ImageContents, SharedObject) {
    let project = try SampleProject(
      ["m": source], options: Toolchain.moduleOptions + options, lifecycle: true)
    let module = try #require(try await project.buildAll().modules.first)
    let image = try ImageContents(FileContents.read(module.image))
    let linked = try SharedObject(FileContents.read(module.sharedObject), path: "module.so")
    return (image, linked)
  }

  private func failure(_ source: String, options: [String] = []) async throws -> BuildFailure? {
    let project = try SampleProject(
      ["m": source], options: Toolchain.moduleOptions + options, lifecycle: true)
    return await #expect(throws: BuildFailure.self, "\(source)") {
      try await project.buildAll()
    }
  }

  @Test func `functions and variables with attributes of ESP-IDF go where their flags say`()
    async throws
  {
    let (image, linked) = try await build(
      """
      __attribute__((section(".iram1.0"))) int fast(int x) { return x + 1; }
      __attribute__((section(".dram1.1"))) static const char text[] = "text";
      __attribute__((section(".dram1.2"))) static int volatile counter = 5;
      __attribute__((section(".ext_ram.bss.3"))) static int volatile large[100];
      __attribute__((section(".data.fast"))) int odd(int x) { return counter + large[x]; }
      __attribute__((section(".text.table"))) static int (*volatile table[])(int) = { odd };
      int run(int x) { return fast(text[x]) + table[x](x); }
      """)
    let names = ["fast", "odd", "run"]
    for name in names {
      let value = try #require(linked.symbols.first { $0.name == name }).symbol.value
      #expect(value >= linked.code.address, "\(name) is code")
    }
    let data = try #require(linked.data)
    #expect(String(decoding: data.bytes, as: UTF8.self).contains("text"))
    #expect(data.memorySize >= 400 + 12)
    #expect(image.data.count < 100, "zeros are not sent")
    #expect(image.relativeCount >= 1, "the table")
  }

  @Test func `the bounds of a section with a C identifier's name are the module's own`()
    async throws
  {
    let project = try SampleProject([
      "m": """
      struct entry { int value; };
      extern const struct entry __start_registry[], __stop_registry[];
      __attribute__((section("registry"), used)) static const struct entry one = { 1 };
      __attribute__((section("registry"), used)) static const struct entry two = { 2 };
      int run(void) {
        int sum = 0;
        for (const struct entry *e = __start_registry; e != __stop_registry; e++) sum += e->value;
        return sum;
      }
      """
    ])
    let module = try #require(try await project.buildAll().modules.first)
    let image = try ImageContents(FileContents.read(module.image))
    let words = stride(from: 0, to: image.data.count, by: 4).map {
      image.word(at: $0, in: image.data)
    }
    let first = try #require(words.firstIndex(of: 1), "\(words)")
    #expect(words[(first + 1)...].first == 2, "\(words)")
    let imports = try FileContents.read(project.plan.output.imports)
    #expect(!String(decoding: imports, as: UTF8.self).contains("registry"))
  }

  /// A source, and what its refusal says.
  static let refused: [(source: String, section: String, hint: String)] = [
    ("__attribute__((section(\".rtc.data.0\"))) int kept = 1;", ".rtc.data.0", "HOTRELOAD_KEEP"),
    ("__attribute__((section(\".rtc.text.1\"))) int f(void) { return 1; }", ".rtc.text.1", "sleep"),
    ("__attribute__((section(\".rtc.force_fast.2\"))) int x = 1;", ".rtc.force_fast.2", "firmware"),
    ("__attribute__((section(\".rtc_noinit.3\"))) int x;", ".rtc_noinit.3", "HOTRELOAD_KEEP"),
    ("__attribute__((section(\".noinit.4\"))) int x;", ".noinit.4", "HOTRELOAD_KEEP"),
    ("__attribute__((section(\".noinit\"))) int x;", ".noinit", "HOTRELOAD_KEEP"),
    ("__attribute__((section(\".ext_ram_noinit.5\"))) int x;", ".ext_ram_noinit.5", "restart"),
    ("__attribute__((section(\".init\"))) void f(void) {}", ".init", "constructor"),
    (
      "asm(\".section .both,\\\"awx\\\"\\n.word 0\\n.text\");", ".both",
      "code and data into sections of their own"
    ),
  ]

  @Test(arguments: refused.indices)
  func `sections that would lose what their name promises are refused by name`(
    index: Int
  ) async throws {
    let (source, section, hint) = Self.refused[index]
    let failure = try await failure(source + "\nint run(void) { return 1; }")
    #expect(failure?.code == .unsupportedSection)
    #expect(failure?.message.contains("has a section '\(section)': ") == true, "\(failure as Any)")
    #expect(failure?.message.contains("m.c.o") == true, "\(failure as Any)")
    #expect(failure?.hint?.contains(hint) == true, "\(failure as Any)")
  }

  @Test func `alignment is honoured, empty sections do no harm`() async throws {
    let (_, linked) = try await build(
      """
      static struct { char c; __attribute__((aligned(64))) int x; } volatile aligned = { 1, 2 };
      int empty[0];
      static int nothing[0] __attribute__((section(".own.empty"), used));
      int run(void) { return aligned.x; }
      """)
    #expect(linked.data?.alignment == 64)
  }
}
