import HotReloadELF
import SystemPackage
import Testing

@testable import HotReloadBuild

struct ModuleInterfaceTests {
  private func objects(
    _ sources: [String: String], options: [String] = Toolchain.moduleOptions
  ) async throws -> [ObjectFile] {
    let folder = try TemporaryFolder()
    var objects: [ObjectFile] = []
    for name in sources.keys.sorted() {
      let source = try folder.write(sources[name] ?? "", to: name)
      try await Toolchain.run(
        [Toolchain.clang] + options + ["-o", "\(source).o", "-c", source.string])
      objects.append(
        try ObjectFile(FileContents.read(FilePath("\(source).o")), path: name, machine: .riscv))
    }
    return objects
  }

  @Test func `exports are strong visible functions, imports what nobody defines`() async throws {
    let interface = try await ModuleInterface(
      objects([
        "a.c": """
        int shared(int); int firmware(int); __attribute__((weak)) int maybe(int);
        static int inner(int x) { return x + 1; }
        __attribute__((weak)) int replaceable(int x) { return x; }
        __attribute__((visibility("hidden"))) int quiet(int x) { return inner(x); }
        int variable = 3;
        const int constant = 4;
        int zeta(int x) { return shared(x) + firmware(x) + (maybe ? maybe(x) : 0); }
        int alpha(int x) { return zeta(x) + variable; }
        """,
        "b.c": "int firmware(int); int shared(int x) { return firmware(x); }",
      ]))
    #expect(interface.exports == ["alpha", "shared", "zeta"])
    #expect(interface.exportedData == ["constant", "variable"])
    #expect(
      interface.imports == [
        .init(name: "firmware", isWeak: false, neededBy: "a.c"),
        .init(name: "maybe", isWeak: true, neededBy: "a.c"),
      ])
  }

  @Test func `inline functions and templates of C++ stay inside`() async throws {
    let interface = try await ModuleInterface(
      objects([
        "a.cpp": """
        inline int helper(int x) { return x * 2; }
        template <typename T> T twice(T x) { return x + x; }
        int (*volatile keep)(int) = helper;
        extern "C" int run(int x) { return keep(x) + twice(x); }
        """
      ]))
    #expect(interface.exports == ["run"])
  }

  @Test func `what C++ makes for a class is no data to be made static`() async throws {
    let interface = try await ModuleInterface(
      objects([
        "a.cpp": """
        struct Base { virtual int f(); };
        struct Shape : virtual Base { int f() override; static int count; };
        int Base::f() { return 1; }
        int Shape::f() { return ++count; }
        int Shape::count;
        """
      ]))
    #expect(interface.exportedData == ["_ZN5Shape5countE"])
  }

  @Test func `what does not say what it is is neither function nor data`() async throws {
    let interface = try await ModuleInterface(
      objects([
        "a.S": """
        .text
        .globl bare, typed, inner, constant
        .hidden inner
        .type typed, @function
        .set constant, 5
        bare: typed: inner: ret
        """
      ]))
    #expect(interface.exports == ["typed"])
    #expect(interface.untyped == ["bare"])
    #expect(interface.exportedData == [])
  }

  @Test func `an import that is weak in one object only is strong`() async throws {
    let interface = try await ModuleInterface(
      objects([
        "a.c": "__attribute__((weak)) int f(void); int a(void) { return f ? f() : 0; }",
        "b.c": "int f(void); int b(void) { return f(); }",
      ]))
    #expect(interface.imports == [.init(name: "f", isWeak: false, neededBy: "b.c")])
  }

  static let refused: [(String, [String], BuildFailure.Code, String)] = [
    (
      "extern int far; int f(void) { return far; }", ["-fno-pic", "-mcmodel=medlow"],
      .notPositionIndependent, "'far'"
    ),
    (
      "static int near[9]; int f(int i) { return near[i]++; }", ["-fno-pic", "-mcmodel=medlow"],
      .notPositionIndependent, "position-independent"
    ),
    (
      "extern int far; int f(void) { return far; }", ["-fno-pic", "-mcmodel=medany"],
      .notPositionIndependent, "'far'"
    ),
    (
      "__thread int counter; int f(void) { return ++counter; }", ["-fPIC"], .threadLocal,
      "'counter'"
    ),
    (
      "extern __thread int errno_; int f(void) { return errno_; }", ["-fPIC"], .threadLocal,
      "'errno_'"
    ),
    (
      "int f(void) { return 1; } __asm__(\".symver f, f@@V1\");", ["-fPIC"], .unusableName,
      "'f@@V1'"
    ),
    ("int f(void) { return 1; }", ["-fPIC", "-flto"], .unsupportedObject, "a.c"),
    (
      "int f(void) { return 1; }",
      ["--target=riscv64-none-elf", "-march=rv64imac", "-mabi=lp64", "-fPIC"], .unsupportedObject,
      "a.c"
    ),
  ]

  @Test(arguments: refused.indices)
  func `objects that no module can hold are refused by name`(index: Int) async throws {
    let (source, options, code, name) = Self.refused[index]
    let failure = await #expect(throws: BuildFailure.self) {
      try await ModuleInterface(
        objects(["a.c": source], options: Toolchain.options + ["-Os"] + options))
    }
    #expect(failure?.code == code, "\(failure as Any)")
    #expect(failure?.message.contains(name) == true, "\(failure as Any)")
    #expect(failure?.kind == .buildFailed)
  }

  @Test func `code that reaches its own data PC-relatively is fine`() async throws {
    let interface = try await ModuleInterface(
      objects(
        ["a.c": "static int near[9]; int f(int i) { return near[i]++; }"],
        options: Toolchain.options + ["-fno-pic", "-mcmodel=medany"]))
    #expect(interface.exports == ["f"])
  }

  @Test func `bytes that are no object are refused, whatever they are`() {
    for count in [0, 3, 51, 52, 100] {
      #expect(throws: BuildFailure.self) {
        try ObjectFile([UInt8](repeating: 0x7F, count: count), path: "x.o", machine: .riscv)
      }
    }
  }
}
