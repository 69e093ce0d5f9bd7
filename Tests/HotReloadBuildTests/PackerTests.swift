import HotReloadELF
import HotReloadLoader
import SystemPackage
import Testing

@testable import HotReloadBuild

/// Modules from source to image, for a firmware that is really linked.
struct PackerTests {
  private func image(
    _ source: String, _ project: SampleProject? = nil
  ) async throws -> (ImageContents, BuiltModule) {
    let project = try project ?? SampleProject(["m": source])
    let module = try #require(try await project.buildAll().modules.first)
    return (try ImageContents(FileContents.read(module.image)), module)
  }

  private func failure(
    _ source: String, options: [String] = [], linker: [String] = []
  ) async throws -> BuildFailure? {
    let base = try SampleProject(["m": source], options: Toolchain.moduleOptions + options)
    _ = try await base.builder.prepare()
    try await base.linkFirmware()
    var plan = base.plan
    plan.linker.arguments += linker
    return await #expect(throws: BuildFailure.self) { try await ModuleBuilder(plan: plan).build() }
  }

  @Test func `the original's example fits into 512 bytes`() async throws {
    let (image, module) = try await image("", SampleProject())
    #expect(module.size <= 512)
    #expect(module.exports == ["reloadable_hello", "reloadable_init"])
    #expect(image.exportCount == 2)
    #expect(image.executableOffset == 0x70_0000)
    #expect(image.codeAddress > 0x70_0000 && image.codeAddress < 0x70_0100)
    // Exports are addresses on the instruction bus, in the order of their names.
    #expect(image.table(0) >= image.codeAddress && image.table(1) >= image.codeAddress)
    #expect(image.oddCount == 0)
  }

  @Test func `the original's example takes its bytes of RAM and at most 64 more`() async throws {
    let project = try SampleProject()
    let module = try #require(try await project.buildAll().modules.first)
    // What the linker placed for the chip.
    let linked = try FileContents.read(module.sharedObject)
    let file = try ELFFile(linked.span.raw)
    var payload: UInt32 = 0
    for index in 0..<(try file.sectionCount) {
      let section = try file.sectionHeader(at: index)
      if section.flags.isAllocated, section.address < LinkerScriptGenerator.hostRegion {
        payload += section.byteCount
      }
    }
    let bytes = try FileContents.read(module.image)
    let image = try ModuleImage(bytes.span.raw, chip: .esp32c3)
    let size = image.blockSize
    #expect(image.blockAlignment == 16)
    #expect(payload > 100 && size >= payload && size <= payload + 64, "\(size) for \(payload)")
  }

  @Test func `debug information is not sent`() async throws {
    let (_, plain) = try await image("", SampleProject())
    let debug = try SampleProject(options: Toolchain.moduleOptions + ["-g"])
    let (_, module) = try await image("", debug)
    #expect(module.size == plain.size)
  }

  @Test func `the note carries firmware build-ID, names hash and module ID`() async throws {
    let project = try SampleProject()
    let (image, module) = try await image("", project)
    let firmware = try FirmwareImage(
      FileContents.read(FilePath(project.plan.firmware.path)), path: "firmware")
    #expect(Array(image.note[24 + 12..<24 + 44]) == firmware.id)
    #expect(Array(image.note[24 + 44..<24 + 76]) == module.id)
    #expect(firmware.id[..<20].contains { $0 != 0 })
    #expect(firmware.id[20...].allSatisfy { $0 == 0 })
    #expect(image.field(76) == ExportTable(label: "", names: module.exports).namesHash)
    #expect(UInt64(image.field(80)) | UInt64(image.field(84)) << 32 == module.sequence)
  }

  @Test func `imports in data become addresses of the firmware, hidden ones too`() async throws {
    let project = try SampleProject([
      "m": """
      int helper(int); int printf(const char *, ...);
      static int (*volatile table[2])(int) = { helper, (int (*)(int))printf };
      int run(int x) { return table[x](x); }
      """
    ])
    let (image, _) = try await image("", project)
    let firmware = try FirmwareImage(
      FileContents.read(FilePath(project.plan.firmware.path)), path: "firmware")
    let addresses = try firmware.addresses(of: ["helper", "printf"])
    #expect(image.word(at: 0, in: image.data) == addresses["helper"])
    #expect(image.word(at: 4, in: image.data) == addresses["printf"])
    #expect(image.relativeCount == 0)
  }

  @Test func `a weak symbol that the firmware lacks is 0`() async throws {
    let (image, _) = try await image(
      """
      __attribute__((weak)) int absent(int);
      static int (*volatile pointer)(int) = absent;
      int run(int x) { return pointer ? absent(x) : 7; }
      """)
    #expect(image.data.allSatisfy { $0 == 0 })
    #expect(image.relativeCount == 0)
  }

  @Test func `a pointer in a packed structure is an odd fixup`() async throws {
    let (image, _) = try await image(
      """
      static int value = 5;
      static struct __attribute__((packed)) { char c; int *volatile pointer; } odd = { 'x', &value };
      int run(void) { return *odd.pointer; }
      """)
    #expect(image.oddCount == 1)
    #expect(image.relativeCount == 0)
    #expect(image.table(image.exportCount) % 4 == 1)
  }

  @Test func `trailing zeros are not sent, but a pointer to address 0 of the data is`() async throws
  {
    let (image, _) = try await image(
      """
      static int zeros[100] __attribute__((section(".data.zeros")));
      static volatile char first __attribute__((section(".rodata.first"))) = 0;
      static volatile char *volatile pointer = &first;
      int run(int i) { return zeros[i]++ + *pointer; }
      """)
    #expect(image.dataSize >= 404)
    #expect(image.relativeCount == 1)
    let fixup = Int(image.table(image.exportCount))
    #expect(fixup + 4 <= image.data.count)
    #expect(image.word(at: fixup, in: image.data) == 0)
  }

  @Test func `unresolved imports are named, with the object that needs them`() async throws {
    let failure = try await failure(
      "int missing(void); int secret(int); int run(void) { return missing() + secret(1); }")
    #expect(failure?.code == .unresolvedImport)
    #expect(failure?.message.contains("'missing' (needed by ") == true)
    #expect(failure?.message.contains("m.c.o), 'secret'") == true, "static in the firmware")
    #expect(failure?.kind == .buildFailed)
  }

  static let addressInCode = """
    int run(void) { return 1; }
    asm(".section .text.run_pointer,\\"ax\\"\\n.globl table\\n.type table,@function\\n"
        "table: .word run\\n.size table, 4\\n");
    """

  @Test func `addresses in code are refused`() async throws {
    #expect(
      try await failure(Self.addressInCode, linker: ["-z", "notext"])?.code == .textRelocation)
    let linked = try await failure(Self.addressInCode)
    #expect(linked?.code == .linkFailed)
    #expect(linked?.output?.contains("R_RISCV_32") == true)
  }

  /// What no chip has a place for, and what the message and the hint say of it.
  static let tooLarge: [(source: String, message: String, hint: String)] = [
    (
      "static volatile char small[9], large[16 << 20]; int run(int i) { return small[i] + large[i]; }",
      "of data and", "make 'large' smaller (16777216 bytes)"
    ),
    (
      "static volatile char large[0x7FFFFFFF]; int run(int i) { return large[i]; }",
      "16777216 at most", "make 'large' smaller (2147483647 bytes)"
    ),
    (
      "static volatile char apart __attribute__((aligned(1 << 17))); int run(void) { return apart; }",
      "aligned to 131072 bytes, a module to 65536 at most", "alignas"
    ),
  ]

  @Test(arguments: tooLarge.indices)
  func `what is too large for any chip is refused with its size`(index: Int) async throws {
    let expected = Self.tooLarge[index]
    let failure = try await failure(expected.source)
    #expect(failure?.kind == .unloadable)
    #expect(failure?.message.contains(expected.message) == true, "\(failure as Any)")
    #expect(failure?.hint?.contains(expected.hint) == true, "\(failure as Any)")
  }

  @Test func `an indirect function is refused as what it is`() async throws {
    let failure = try await failure(
      """
      static int one(int x) { return x; }
      __attribute__((used)) static void *resolve(void) { return (void *)one; }
      asm(".globl chosen; .type chosen, @gnu_indirect_function; .set chosen, resolve");
      int chosen(int);
      int run(int x) { return chosen(x); }
      """)
    #expect(failure?.code == .unsupportedRelocation)
    #expect(failure?.message.contains("ifunc") == true, "\(failure as Any)")
  }

  @Test func `another float ABI than the firmware's is refused`() async throws {
    let failure = try await failure(
      "int run(void) { return 1; }", options: ["-march=rv32imafc", "-mabi=ilp32f"])
    #expect(failure?.code == .unsupportedObject)
    #expect(failure?.hint?.contains("-mabi") == true)
  }

  @Test func `a shared object cut off anywhere is refused, never a crash`() async throws {
    let project = try SampleProject()
    let module = try #require(try await project.buildAll().modules.first)
    let whole = try FileContents.read(module.sharedObject)
    let firmware = try FirmwareImage(
      FileContents.read(FilePath(project.plan.firmware.path)), path: "firmware")
    let packer = Packer(chip: .esp32c3, firmware: firmware)
    for count in stride(from: 0, to: whole.count, by: 97) {
      #expect(throws: BuildFailure.self, "first \(count) bytes") {
        try packer.pack(Array(whole[..<count]), path: "module.so")
      }
    }
  }

  @Test func `a shared object with any word changed makes no trouble`() async throws {
    let project = try SampleProject()
    let module = try #require(try await project.buildAll().modules.first)
    let whole = try FileContents.read(module.sharedObject)
    let firmware = try FirmwareImage(
      FileContents.read(FilePath(project.plan.firmware.path)), path: "firmware")
    let packer = Packer(chip: .esp32c3, firmware: firmware)
    var refused = 0
    for offset in stride(from: 0, to: whole.count - 4, by: 4) {
      for value: [UInt8] in [
        [0xFF, 0xFF, 0xFF, 0xFF], [0, 0, 0, 0x80], [0xFF, 0xFF, 0xFF, 0x7F],
      ] {
        var bytes = whole
        bytes.replaceSubrange(offset..<offset + 4, with: value)
        do throws(BuildFailure) { _ = try packer.pack(bytes, path: "module.so") } catch {
          refused += 1
        }
      }
    }
    #expect(refused > 0)
  }

  @Test func `a stub has at most four instructions`() async throws {
    let project = try SampleProject()
    try await project.buildAll()
    let firmware = try FileContents.read(FilePath(project.plan.firmware.path))
    let file = try ELFFile(firmware.span.raw)
    let objectFile = project.folder.path.appending("stubs.o")
    try await Toolchain.run(
      [Toolchain.clang] + Toolchain.options + [
        "-march=rv32im", "-c", project.plan.output.stubs.string, "-o", objectFile.string,
      ])
    let stubs = try ObjectFile(FileContents.read(objectFile), path: "stubs.o", machine: .riscv)
      .symbols
    for name in ["reloadable_hello", "reloadable_init"] {
      let stub = try #require(stubs.first { $0.name == name })
      #expect(stub.symbol.type == .function)
      #expect(stub.symbol.byteCount == 16, "4 instructions of 4 bytes")
    }
    // Nobody in this firmware calls the module: its stubs were collected as garbage.
    let names = try file.namedSymbols(.symbolTable).map(\.name)
    #expect(!names.contains("reloadable_hello"))
    #expect(names.contains("hotreload_empty_slot"))
  }
}
