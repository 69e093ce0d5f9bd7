import HotReloadELF
import SystemPackage
import Testing

@testable import HotReloadBuild

/// What objects for Xtensa have to be like, and what refusals say.
struct XtensaObjectTests {
  private static let windowed = ["-mlongcalls", "-mtext-section-literals"]

  private func interface(
    _ sources: [String: String], options: [String] = windowed,
    compiler: String = Toolchain.xtensa("gcc")
  ) async throws -> ModuleInterface {
    let folder = try TemporaryFolder()
    var objects: [ObjectFile] = []
    for name in sources.keys.sorted() {
      let source = try folder.write(sources[name] ?? "", to: name)
      try await Toolchain.run(
        [compiler, "-ffreestanding", "-ffunction-sections", "-fdata-sections", "-Os"] + options
          + ["-o", "\(source).o", "-c", source.string])
      objects.append(
        try ObjectFile(FileContents.read(FilePath("\(source).o")), path: name, machine: .xtensa))
    }
    return try ModuleInterface(objects)
  }

  /// What is compiled for modules: by GCC's own defaults with literals in sections of their own, or as we say.
  @Test(arguments: [windowed, ["-mlongcalls"], ["-mlongcalls", "-g"], ["-mlongcalls", "-O0"]])
  func `what compilers make is taken`(options: [String]) async throws {
    let interface = try await interface(
      [
        "a.c": """
        int firmware(int); int inner(int); extern int variable; int quiet(int) __attribute__((weak));
        int run(int x) {
          switch (x) { case 0: return firmware(1); case 1: return inner(2); case 2: return 77;
            case 3: return variable; case 4: return quiet ? quiet(9) : 5; case 5: return 12345678; }
          return x / 7;
        }
        """,
        "b.c": "int run(int); int inner(int x) { return x ? run(x - 1) : 3; }",
      ], options: options)
    #expect(interface.exports == ["inner", "run"])
    #expect(Set(interface.imports.map(\.name)).isSuperset(of: ["firmware", "quiet", "variable"]))
  }

  @Test func `a direct call within the module is fine`() async throws {
    let sources = [
      "a.c": "int b(int); int a(int x) { return b(x); }", "b.c": "int b(int x) { return x; }",
    ]
    #expect(try await interface(sources, options: ["-mno-longcalls"]).exports == ["a", "b"])
  }

  /// Sources, options of GCC, the code of the refusal, its beginning, and what its hint says.
  static let refused:
    [(source: String, options: [String], code: BuildFailure.Code, message: String, hint: String)] =
      [
        (
          "int firmware(int); int run(int x) { return firmware(x) + 1; }", ["-mno-longcalls"],
          .callOutOfReach, "'run' in a.c calls 'firmware' directly", "-mlongcalls"
        ),
        (
          "asm(\".text\\n.align 4\\n.global run\\n.type run,@function\\nrun: entry a1, 32\\n"
            + "j firmware\\n.size run, . - run\");", windowed,
          .callOutOfReach, "'run' in a.c calls 'firmware' directly", "-mlongcalls"
        ),
        (
          "asm(\".data\\n.align 4\\nlit: .word 5\\n.text\\n.align 4\\n.type run,@function\\n"
            + "run: entry a1, 32\\nl32r a2, lit\\nretw\\n.size run, . - run\");", windowed,
          .callOutOfReach, "'run' in a.c loads the literal '", "-mtext-section-literals"
        ),
        (
          "asm(\".text\\n.align 4\\n.type run,@function\\n"
            + "run: entry a1, 32\\nl32r a2, elsewhere\\nretw\\n.size run, . - run\");", windowed,
          .callOutOfReach, "'run' in a.c loads the literal 'elsewhere'", "-mtext-section-literals"
        ),
        (
          "int run(int x) { return x; }", ["-mabi=call0"], .unsupportedObject,
          "a.c is compiled for the call0 ABI", "-mabi=windowed"
        ),
        (
          "int firmware(int); int run(int x) { return firmware(x) + 1; }", windowed + ["-fPIC"],
          .unsupportedObject, "a.c is compiled with -fPIC: it calls 'firmware'", "without -fPIC"
        ),
        (
          "asm(\".text\\n.align 4\\n.type run,@function\\n"
            + "run: entry a1, 48\\ncall12 inner\\nretw\\n.size run, . - run\\n.align 4\\n"
            + "inner: entry a1, 32\\nretw\");", ["-mno-longcalls"],
          .unsupportedObject, "'run' in a.c calls with CALL12", "CALL8"
        ),
        (
          "asm(\".text\\n.align 4\\n.type run,@function\\n"
            + "run: entry a1, 48\\nl32i a12, a2, 0\\ncallx12 a12\\nretw.n\\n.size run, . - run\");",
          windowed, .unsupportedObject, "'run' in a.c calls with CALL12 or CALLX12", "CALLX8"
        ),
        (
          "asm(\".section .tdata,\\\"awT\\\",@progbits\\n.global each\\neach: .word 1\\n.data\\n"
            + ".word each@TPOFF\");", windowed,
          .threadLocal, "a.c uses the thread-local variable 'each'", "thread-local storage"
        ),
        (
          "__attribute__((section(\".rtc.data\"))) int kept = 1;", windowed,
          .unsupportedSection, "a.c has a section '.rtc.data'", "HOTRELOAD_KEEP"
        ),
      ]

  @Test(arguments: refused.indices)
  func `objects that no module can hold are refused by name`(index: Int) async throws {
    let expected = Self.refused[index]
    let failure = await #expect(throws: BuildFailure.self, "\(expected)") {
      try await interface(["a.c": expected.source], options: expected.options)
    }
    #expect(failure?.code == expected.code, "\(failure as Any)")
    #expect(failure?.message.hasPrefix(expected.message) == true, "\(failure as Any)")
    #expect(failure?.hint?.contains(expected.hint) == true, "\(failure as Any)")
    #expect(failure?.kind == .buildFailed)
  }

  @Test func `a single object tells which option it lacks`() async throws {
    let folder = try TemporaryFolder()
    let source = try folder.write("int far(int); int run(int x) { return far(x) + 1; }", to: "a.c")
    let problems: [(option: String, hint: String?)] = [
      ("-mno-longcalls", "compile the module with -mlongcalls"), ("-mlongcalls", nil),
    ]
    for (option, hint) in problems {
      try await Toolchain.run(
        [Toolchain.xtensa("gcc"), option, "-o", "\(source).o", "-c", source.string])
      let bytes = try FileContents.read(FilePath("\(source).o"))
      #expect(ObjectProblem.of(bytes, path: "a.o")?.hint == hint)
    }
  }

  @Test func `bytes after a literal or padding are not taken for CALLX12`() async throws {
    // F0 00 00 is CALLX12 a0: here a literal, padding, and halves of other instructions.
    let source = """
      asm(".text\\n.align 4\\n.literal_position\\n.word 0x0000f0, 0xf0000000\\n.type run,@function\\n"
          "run: entry a1, 32\\nretw.n\\n.byte 0, 0\\n.align 4\\nmovi a2, 0xf0\\nretw\\n.size run, . - run\\n.global run");
      """
    #expect(try await interface(["a.c": source]).exports == ["run"])
  }

  @Test func `a distance between data and code is refused`() async throws {
    let folder = try TemporaryFolder()
    let source = try folder.write("void run(void); void (*pointer)(void) = run;", to: "a.c")
    try await Toolchain.run(
      [Toolchain.xtensa("gcc"), "-o", "\(source).o", "-c", source.string])
    var bytes = try FileContents.read(FilePath("\(source).o"))
    let entry = try #require(try Self.firstRelocation(of: bytes))
    #expect(bytes[entry + 4] == 1, "R_XTENSA_32")
    bytes[entry + 4] = 14  // R_XTENSA_32_PCREL
    let failure = #expect(throws: BuildFailure.self) {
      try ObjectFile(bytes, path: "a.o", machine: .xtensa)
    }
    #expect(failure?.code == .unsupportedRelocation)
    #expect(
      failure?.message.hasPrefix("a.o holds the distance of 'run' from a place in '.data") == true)
    #expect(failure?.hint?.contains("hold the address itself") == true, "\(failure as Any)")
  }

  /// Where the first relocation of the program is in an object file.
  private static func firstRelocation(of bytes: [UInt8]) throws -> Int? {
    let file = try ELFFile(bytes.span.raw)
    for index in 0..<(try file.sectionCount) {
      let section = try file.sectionHeader(at: index)
      if section.type == .relocationsWithAddend { return Int(section.offset) }
    }
    return nil
  }

  @Test func `an object for another machine is refused by its name`() async throws {
    let folder = try TemporaryFolder()
    let source = try folder.write("int run(void) { return 1; }", to: "a.c")
    try await Toolchain.run(
      [Toolchain.clang] + Toolchain.moduleOptions + ["-o", "\(source).o", "-c", source.string])
    let failure = #expect(throws: BuildFailure.self) {
      try ObjectFile(FileContents.read(FilePath("\(source).o")), path: "a.o", machine: .xtensa)
    }
    #expect(failure?.message == "a.o is no 32-bit Xtensa object file")
  }

  @Test func `an object cut off or changed anywhere is refused or taken, never a crash`()
    async throws
  {
    let folder = try TemporaryFolder()
    let source = try folder.write(
      "int firmware(int); static int table[3] = {1}; int run(int x) { return firmware(table[x]); }",
      to: "a.c")
    try await Toolchain.run(
      [Toolchain.xtensa("gcc"), "-Os", "-mlongcalls", "-o", "\(source).o", "-c", source.string])
    let whole = try FileContents.read(FilePath("\(source).o"))
    var refused = 0
    func read(_ bytes: [UInt8]) {
      do throws(BuildFailure) { _ = try ObjectFile(bytes, path: "a.o", machine: .xtensa) } catch {
        refused += 1
      }
    }
    for count in 0..<whole.count { read(Array(whole[..<count])) }
    for offset in stride(from: 0, to: whole.count - 4, by: 4) {
      for value: [UInt8] in [
        [0xFF, 0xFF, 0xFF, 0xFF], [0, 0, 0, 0x80], [0xFF, 0xFF, 0xFF, 0x7F],
      ] {
        var bytes = whole
        bytes.replaceSubrange(offset..<offset + 4, with: value)
        read(bytes)
      }
    }
    #expect(refused > 0)
  }
}
