import Testing

@testable import HotReloadBuild

/// Which variables a module keeps, and which it must not.
struct KeptStateTests {
  private func failure(
    _ sources: [String], _ language: KeptFixture.Language = .c,
    _ options: [String] = ["-Os", "-g"],
    fixups: [UInt32] = [], names: [String] = []
  ) async throws -> BuildFailure? {
    let bytes = try await KeptFixture.link(
      sources.map { "#include \"hotreload_module.h\"\n" + $0 }, language, options, names: names)
    return #expect(throws: BuildFailure.self) { try KeptFixture.state(bytes, fixups: fixups) }
  }

  @Test func `variables come by address, with size and layout`() async throws {
    let bytes = try await KeptFixture.link([
      """
      #include "hotreload_module.h"
      HOTRELOAD_KEEP static uint32_t count = 3;
      HOTRELOAD_KEEP struct { short x, y; } point;
      static int ordinary = 4;
      int run(void) { return (int)count++ + point.x++ + ordinary++; }
      """
    ])
    let state = try KeptFixture.state(bytes)
    #expect(state.variables.map(\.name) == ["count", "point"])
    #expect(state.variables.map(\.size) == [4, 4])
    #expect(
      state.variables.map(\.layout)
        == ["u4", "{x@0:i2,y@2:i2}4"].map { FNV1a.hash(of: $0.utf8) })
    #expect(state.variables[0].address < state.variables[1].address)
    #expect(state.warnings == [])
  }

  @Test func `a module without kept variables needs no debug information`() async throws {
    let bytes = try await KeptFixture.link(["int run(void) { return 1; }"], .c, ["-Os"])
    #expect(try KeptFixture.state(bytes).variables == [])
  }

  /// Without `used` the compiler would take a variable that nobody sets for its initial value.
  @Test func `the value is read from memory, though this code never sets it`() async throws {
    let bytes = try await KeptFixture.link(
      [
        """
        #include "hotreload_module.h"
        HOTRELOAD_KEEP static int mode = 1;
        HOTRELOAD_KEEP static struct { int used, unused; } pair;
        int run(void) { return mode + pair.used; }
        """
      ], .c, ["-O3", "-g"])
    #expect(try KeptFixture.state(bytes).variables.map(\.size).sorted() == [4, 8])
  }

  @Test func `statics of one name in two files are told apart by their files`() async throws {
    let source = """
      #include "hotreload_module.h"
      HOTRELOAD_KEEP static int count;
      HOTRELOAD_KEEP static int NAME;
      int NAME(int x) { HOTRELOAD_KEEP static int calls; return count += calls++ + x; }
      """
    let bytes = try await KeptFixture.link(
      [
        source.replacing("int NAME;", with: "int left;").replacing("NAME", with: "one"),
        source.replacing("int NAME;", with: "int right;").replacing("NAME", with: "two"),
      ], names: ["a/one.c", "b/two.c"])
    #expect(
      Set(try KeptFixture.state(bytes).variables.map(\.name)) == [
        "one.c::count", "two.c::count", "left", "right", "one::calls", "two::calls",
      ])
  }

  @Test func `two that cannot be told apart are refused by both names`() async throws {
    let source = "HOTRELOAD_KEEP static int count;"
    let first = source + " int one(void) { return count++; }"
    let second = source + " int two(void) { return count++; }"
    let failure = try await failure([first, second], names: ["a/state.c", "b/state.c"])
    #expect(failure?.code == .badKeptVariable)
    let message = failure?.message ?? ""
    #expect(message.hasPrefix("the kept variables 'state.c::count' ("), "\(message)")
    #expect(message.contains("a/state.c)") && message.contains("b/state.c)"), "\(message)")
  }

  static let refused: [(KeptFixture.Language, String, String)] = [
    (.c, "HOTRELOAD_KEEP int run(void) { return 1; }", "'run' is a function"),
    (
      .c, "HOTRELOAD_KEEP static const int limit = 3; int run(void) { return limit; }",
      "kept variable 'limit' is const"
    ),
    (
      .c, "typedef const int fixed; HOTRELOAD_KEEP fixed all[2] = {1}; int run(void) { return 1; }",
      "kept variable 'all' is const"
    ),
    (
      .cxx,
      """
      struct Owner { int *memory; constexpr Owner() : memory(nullptr) {} ~Owner() { *memory = 0; } };
      struct Pool { int size; Owner owners[2]; constexpr Pool() : size(0) {} };
      HOTRELOAD_KEEP static Pool pool;
      int run() { return pool.size; }
      """,
      "kept variable 'pool' has a member 'owners[]' of the type 'Owner', which is not trivially "
        + "copyable"
    ),
    (
      .cxx,
      """
      struct Copied { constexpr Copied() {} Copied(const Copied &other) : x(other.x + 1) {} int x = 1; };
      HOTRELOAD_KEEP static Copied copied;
      int run() { return copied.x; }
      """,
      "kept variable 'copied' has the type 'Copied', which is not trivially copyable"
    ),
    (
      .cxx,
      """
      struct Shape { virtual int area() { return 1; } int x = 0; };
      namespace app { HOTRELOAD_KEEP Shape shape; }
      int run() { return app::shape.area(); }
      """,
      "kept variable 'app::shape' has the type 'Shape', which is not trivially copyable"
    ),
  ]

  @Test(arguments: refused)
  func `what cannot be carried over is refused by name and type`(
    language: KeptFixture.Language, source: String, message: String
  ) async throws {
    for version in ["-gdwarf-4", "-gdwarf-5"] {
      let failure = try await failure([source], language, ["-Os", version])
      #expect(failure?.code == .badKeptVariable)
      #expect(failure?.kind == .buildFailed)
      #expect(failure?.message == message)
    }
  }

  /// GCC does not say how classes are passed, but lists their functions.
  @Test func `GCC's classes are refused by their functions`() throws {
    let failure = #expect(throws: BuildFailure.self) {
      try KeptFixture.state(KeptFixture.bytes("gcc-refused.so"))
    }
    #expect(
      failure?.message
        == "kept variable 'pool' has a member 'owners[]' of the type 'Owner', "
        + "which is not trivially copyable")
  }

  @Test(arguments: [
    ["-Os"], ["-Os", "-g0"], ["-Os", "-gline-tables-only"],
    ["-Os", "-g", "-gsplit-dwarf", "-mno-relax"],
  ])
  func `without debug information a kept variable is refused`(options: [String]) async throws {
    let source = "HOTRELOAD_KEEP static int count; int run(void) { return count++; }"
    let failure = try await failure([source], .c, options)
    #expect(
      failure?.message == "module.so: no debug information describes the kept variable 'count'")
    #expect(failure?.hint?.contains("-g ") == true)
  }

  @Test func `an address of the module is refused where it begins`() async throws {
    let source = """
      static int target;
      HOTRELOAD_KEEP static struct { int count; int *to; } link = { 1, &target };
      int run(void) { return (*link.to)++; }
      """
    let bytes = try await KeptFixture.link(["#include \"hotreload_module.h\"\n" + source])
    let address = try #require(try KeptFixture.state(bytes).variables.first?.address)
    let failure = #expect(throws: BuildFailure.self) {
      try KeptFixture.state(bytes, fixups: [address - 4, address + 4])
    }
    #expect(
      failure?.message
        == "kept variable 'link' begins with an address of the module, in the member 'to'")
    #expect(try KeptFixture.state(bytes, fixups: [address - 4, address + 8]).variables.count == 1)
  }

  @Test func `pointers are warned about, member by member`() async throws {
    let bytes = try await KeptFixture.link([
      """
      #include "hotreload_module.h"
      struct item { struct item *next; int value; };
      HOTRELOAD_KEEP static struct { int count; struct item *head; struct item items[4]; } queue;
      HOTRELOAD_KEEP static void *handle;
      HOTRELOAD_KEEP static int number;
      int run(void) { return queue.count++ + number++ + (handle != 0); }
      """
    ])
    let end =
      ": a pointer into the module would point to memory that is no longer its own after a reload\n"
    #expect(
      Set(try KeptFixture.state(bytes).warnings) == [
        "warning: kept variable 'queue' has the pointers 'head', 'items[].next'" + end,
        "warning: kept variable 'handle' is a pointer" + end,
      ])
  }

  @Test func `compressed debug information is refused with the way out`() throws {
    let sections = BuildFailure.badDebugInformation("module.so", .compressed(".debug_info"))
    #expect(sections.message == "module.so: debug information: .debug_info is compressed")
    #expect(sections.hint == "compile and link the module without -gz")
  }
}
