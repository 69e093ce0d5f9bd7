import HotReloadELF
import HotReloadLoader
import SystemPackage
import TestImages
import Testing

@testable import HotReloadBuild

/// Modules for Xtensa from source to image, for a firmware that is really linked.
struct XtensaPackerTests {
  private func image(_ source: String) async throws -> (ImageContents, SampleProject) {
    let project = try SampleProject.xtensa(["m": source])
    let module = try #require(try await project.buildAll().modules.first)
    return (try ImageContents(FileContents.read(module.image)), project)
  }

  private func failure(
    _ source: String, options: [String] = Toolchain.xtensaModuleOptions
  ) async throws -> BuildFailure? {
    let project = try SampleProject.xtensa(["m": source], options: options)
    return await #expect(throws: BuildFailure.self, "\(source)") { try await project.buildAll() }
  }

  @Test func `the original's example fits into 512 bytes`() async throws {
    let project = try SampleProject.xtensa()
    let module = try #require(try await project.buildAll().modules.first)
    #expect(module.size <= 512)
    #expect(module.exports == ["reloadable_hello", "reloadable_init"])
    let image = try ImageContents(FileContents.read(module.image))
    #expect(image.executableOffset == 0 && image.codeAddress == 0x2000_0000)
    #expect(image.table(0) > 0x2000_0000 && image.table(1) > 0x2000_0000)
  }

  @Test func `the region that a word points into decides which list it is in`() async throws {
    let (image, _) = try await image(
      """
      static int numbers[4] = {1, 2, 3, 4};
      static int inner(int x) { return x + 1; }
      static int (*volatile function)(int) = inner;
      static int *volatile before = &numbers[-1], *volatile behind = &numbers[4];
      static struct __attribute__((packed)) { char c; int *volatile data; int (*volatile code)(int); }
        volatile odd = { 'x', numbers, inner };
      int run(int x) { return function(x) + *before + *behind + *odd.data + odd.code(x); }
      """)
    #expect(image.field(92) > 0 && image.field(96) == 1, "data: words, odd ones")
    #expect(image.field(100) > 0 && image.field(104) == 1, "code: words, odd ones")
    let words = stride(from: 0, to: image.data.count - 3, by: 4).map {
      image.word(at: $0, in: image.data)
    }
    let numbers = try #require(words.firstIndex(of: 1)) * 4
    let start = 0x1000_0000 + UInt32(numbers)
    #expect(words.contains(start - 4) && words.contains(start + 16), "\(words)")
    #expect(words.contains { $0 >> 16 == 0x2000 }, "\(words)")
  }

  @Test func `imports in data and in literals become addresses of the firmware`() async throws {
    let (image, project) = try await image(
      """
      int helper(int); int printf(const char *, ...); int absent(int) __attribute__((weak));
      static int (*volatile table[])(int) = { helper, (int (*)(int))printf, absent };
      int run(int x) { return table[x](x) + helper(x) + (absent ? absent(x) : 7); }
      """)
    let firmware = try FirmwareImage(
      FileContents.read(FilePath(project.plan.firmware.path)), path: "firmware")
    let addresses = try firmware.addresses(of: ["helper", "printf"])
    #expect(image.word(at: 0, in: image.data) == addresses["helper"])
    #expect(image.word(at: 4, in: image.data) == addresses["printf"])
    #expect(image.data.count <= 8 || image.word(at: 8, in: image.data) == 0, "weak: 0")
    #expect(image.oddCount == 0 && image.field(104) == 0)
    // The literal of `table` is the only word that moves.
    #expect(image.relativeCount == 1 && image.field(100) == 0)
    #expect(image.table(image.exportCount) >> 16 == 0x2000, "a word in code")
  }

  @Test func `a pointer that no region is near to is refused`() async throws {
    let failure = try await failure(
      """
      static volatile char x; static volatile char *volatile far = &x + 0x09000000;
      int run(void) { return *far; }
      """)
    #expect(failure?.code == .unsupportedRelocation)
    #expect(failure?.message.contains("points to 0x190000") == true, "\(failure as Any)")
  }

  @Test func `an address in code that no word store can write is refused`() async throws {
    let failure = try await failure(
      """
      int run(void) { return 1; }
      asm(".section .text.odd,\\"ax\\"\\n.global odd\\n.type odd,@function\\n"
          "odd: .byte 1\\n.word run\\n.size odd, 5\\n");
      """)
    #expect(failure?.code == .textRelocation)
    #expect(failure?.hint?.contains(".balign 4") == true, "\(failure as Any)")
  }

  @Test func `constructors are run in the order of their priorities, whatever lists them`()
    async throws
  {
    let project = try SampleProject.xtensa(
      [
        "m": """
        static volatile int order;
        __attribute__((constructor(101))) static void first(void) { order = 1; }
        __attribute__((constructor)) static void last(void) { order = 3; }
        __attribute__((constructor(200))) static void second(void) { order = 2; }
        int run(void) { return order; }
        """
      ], lifecycle: true)
    let module = try #require(try await project.buildAll().modules.first)
    let linked = try FileContents.read(module.sharedObject)
    let file = try ELFFile(linked.span.raw)
    let symbols = try file.namedSymbols(.symbolTable)
    let image = try ImageContents(FileContents.read(module.image))
    let begin = try #require(symbols.first { $0.name == "hotreload_constructors_begin" })
    let offset = Int(begin.symbol.value - 0x1000_0000)
    let functions = (0..<3).map { index in
      let address = image.word(at: offset + 4 * index, in: image.data)
      return symbols.first { $0.symbol.value == address && $0.symbol.type == .function }?.name
    }
    #expect(functions == ["first", "second", "last"])
  }

  @Test func `a shared object for another machine is refused by name`() async throws {
    let project = try SampleProject.xtensa()
    try await project.buildAll()
    let firmware = try FirmwareImage(
      FileContents.read(FilePath(project.plan.firmware.path)), path: "firmware")
    let shared = try FileContents.read(project.plan.output.module("reloadable").sharedObject)
    let failure = #expect(throws: BuildFailure.self) {
      try Packer(chip: .esp32c3, firmware: firmware).pack(shared, path: "module.so")
    }
    #expect(failure?.message == "module.so is for Xtensa, esp32c3 is RISC-V")
  }

  @Test func `a shared object cut off or changed anywhere makes no trouble`() async throws {
    let project = try SampleProject.xtensa()
    let module = try #require(try await project.buildAll().modules.first)
    let whole = try FileContents.read(module.sharedObject)
    let firmware = try FirmwareImage(
      FileContents.read(FilePath(project.plan.firmware.path)), path: "firmware")
    let packer = Packer(chip: .esp32, firmware: firmware)
    var refused = 0
    func pack(_ bytes: [UInt8]) {
      do throws(BuildFailure) { _ = try packer.pack(bytes, path: "module.so") } catch {
        refused += 1
      }
    }
    for count in stride(from: 0, to: whole.count, by: 97) { pack(Array(whole[..<count])) }
    #expect(refused == (whole.count + 96) / 97)
    for offset in stride(from: 0, to: whole.count - 4, by: 4) {
      for value: [UInt8] in [
        [0xFF, 0xFF, 0xFF, 0xFF], [0, 0, 0, 0x80], [0xFF, 0xFF, 0xFF, 0x7F],
      ] {
        var bytes = whole
        bytes.replaceSubrange(offset..<offset + 4, with: value)
        pack(bytes)
      }
    }
  }

  /// What is changed in each dynamic relocation of a good module, and the code of the refusal.
  static let hostile: [(change: String, at: Int, value: UInt32, code: BuildFailure.Code)] = [
    ("a place beyond all regions", 0, 0x7FFF_FFFC, .unsupportedRelocation),
    ("a place at the end of the address space", 0, 0xFFFF_FFFF, .unsupportedRelocation),
    ("a place between the regions", 0, 0x1FFF_FFFF, .unsupportedRelocation),
    ("an odd place in code", 0, 0x2000_0001, .textRelocation),
    ("a type of the assembler", 4, 20, .unsupportedRelocation),
    ("a type that nobody knows", 4, 200, .unsupportedRelocation),
    ("a thread-local variable", 4, 53, .threadLocal),
    ("a symbol that is not there", 4, 0xFFFF_FF03, .malformedELF),
    ("an addend that leads far away", 8, 0x4000_0000, .unsupportedRelocation),
  ]

  @Test func `a relocation of any other kind, place or symbol is refused for what it is`()
    async throws
  {
    let project = try SampleProject.xtensa(["m": "static int x; int run(void) { return x++; }"])
    let module = try #require(try await project.buildAll().modules.first)
    let whole = try FileContents.read(module.sharedObject)
    let firmware = try FirmwareImage(
      FileContents.read(FilePath(project.plan.firmware.path)), path: "firmware")
    let file = try ELFFile(whole.span.raw)
    let section = try #require(try file.section(ofType: .relocationsWithAddend))
    #expect(section.byteCount == 12, "one RELATIVE")
    for (change, at, value, code) in Self.hostile {
      var bytes = whole
      bytes.set(word: value, at: Int(section.offset) + at)
      let failure = #expect(throws: BuildFailure.self, "\(change)") {
        try Packer(chip: .esp32, firmware: firmware).pack(bytes, path: "module.so")
      }
      #expect(failure?.code == code, "\(change): \(failure as Any)")
    }
  }
}
