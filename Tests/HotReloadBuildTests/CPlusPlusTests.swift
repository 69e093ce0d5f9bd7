import Testing

@testable import HotReloadBuild

/// C++ from source to image, and what of it is refused.
struct CPlusPlusTests {
  private func project(_ source: String, options: [String] = []) throws -> SampleProject {
    try SampleProject(
      ["m": source], options: Toolchain.moduleOptions + options, suffix: "cpp", lifecycle: true)
  }

  private static let plain = ["-fno-exceptions", "-fno-rtti", "-fno-threadsafe-statics"]

  /// A source that needs exceptions, and the function that does.
  static let throwing: [(source: String, function: String)] = [
    ("extern \"C\" int f(int x) { if (x) throw 5; return x; }", "'f'"),
    (
      "int g(int); extern \"C\" int f(int x) { try { return g(x); } catch (...) { return 2; } }",
      "'f'"
    ),
    ("struct S { ~S(); }; int g(int); int h(int x) { S s; return g(x); }", "'_Z1hi'"),
    ("int g(int); int quiet(int x) noexcept { return g(x); }", "'_Z5quieti'"),
  ]

  @Test(arguments: throwing.indices)
  func `exceptions are refused, naming function, object and option`(index: Int) async throws {
    let (source, function) = Self.throwing[index]
    let project = try project(source, options: ["-fexceptions"])
    let failure = await #expect(throws: BuildFailure.self) { try await project.builder.prepare() }
    #expect(failure?.code == .exceptions, "\(failure as Any)")
    #expect(failure?.kind == .buildFailed)
    #expect(failure?.message.hasPrefix("\(function) in ") == true, "\(failure as Any)")
    #expect(failure?.message.contains("m.c.o throws or catches exceptions (") == true)
    #expect(failure?.hint?.contains("-fno-exceptions") == true)
  }

  @Test func `without code, the tables of the unwinder give exceptions away`() async throws {
    let project = try project(
      "asm(\".section .gcc_except_table._Z1fv,\\\"a\\\"\\n.word 0\\n.text\");"
        + "extern \"C\" int run() { return 1; }", options: Self.plain)
    let failure = await #expect(throws: BuildFailure.self) { try await project.builder.prepare() }
    #expect(failure?.code == .exceptions)
    #expect(failure?.message.hasPrefix("'_Z1fv' in ") == true, "\(failure as Any)")
  }

  /// A source, its options, and what the hint about the missing symbol says.
  static let missing: [(source: String, options: [String], hint: String)] = [
    (
      "struct S { virtual int f() { return 1; } }; extern \"C\" S *run() { static S s; return &s; }",
      ["-fno-exceptions", "-frtti", "-fno-threadsafe-statics"], "-fno-rtti"
    ),
    (
      "int start(); extern \"C\" int run() { static int volatile s = start(); return s; }"
        + " int start() { return 1; }", ["-fno-exceptions", "-fno-rtti"], "-fno-threadsafe-statics"
    ),
    ("extern \"C\" int *run() { return new int(5); }", plain, "operator new"),
    ("int far(); extern \"C\" int run() { return far(); }", plain, "no library"),
  ]

  @Test(arguments: missing.indices)
  func `symbols of the C++ runtime that are missing come with a hint`(index: Int) async throws {
    let (source, options, hint) = Self.missing[index]
    let project = try project(source, options: options)
    let failure = await #expect(throws: BuildFailure.self) { try await project.buildAll() }
    #expect(failure?.code == .unresolvedImport, "\(failure as Any)")
    #expect(failure?.hint?.contains(hint) == true, "\(failure as Any)")
  }

  @Test func `names of kilobytes are names`() async throws {
    let long = String(repeating: "long", count: 1000)
    let project = try project(
      """
      namespace \(long) { template <typename T> struct S { static T value() { return T(7); } }; }
      int \(long)_function(int x) { return x + \(long)::S<int>::value(); }
      """, options: Self.plain)
    let module = try #require(try await project.buildAll().modules.first)
    #expect(module.exports == ["_Z4009\(long)_functioni"])
  }

  @Test func `what calls a virtual function without a body finds the module's own`() async throws {
    let project = try project(
      """
      struct Base { Base(); virtual int f() = 0; int call() { return f(); } };
      struct Derived : Base { int f() override { return 2; } };
      Base::Base() { call(); }
      static Derived derived;
      extern "C" int run() { return derived.call(); }
      """, options: Self.plain)
    _ = try #require(try await project.buildAll().modules.first)
    let imports = try FileContents.read(project.plan.output.imports)
    #expect(!String(decoding: imports, as: UTF8.self).contains("__cxa"))
  }
}
