import HotReloadELF
import HotReloadLoader
import HotReloadPort
import SystemPackage
import TestImages
import Testing

@testable import HotReloadBuild

/// GNU ld as oracle, for every Xtensa chip: a module that was linked with its regions far apart, packed, and loaded by
/// the chip's loader has to be, byte by byte, what the linker makes of the same objects at the chip's addresses.
struct XtensaOracleTests {
  typealias Variant = CorpusProject.Variant

  static let variants =
    ["esp32", "esp32s2", "esp32s3", "qemu-xtensa"].map { Variant(chip: $0, level: "-Os") }
    + ["-O0", "-O2", "-O3"].map { Variant(chip: "esp32", level: $0) }

  @Test(arguments: variants)
  func `a loaded module is what GNU ld makes at its addresses`(variant: Variant) async throws {
    let project = try await CorpusProject(variant)
    for module in CorpusProject.modules.keys.sorted() {
      let objects = project.objects(of: module)
      try await compare(module, of: project, objects: objects)
    }
  }

  @Test(arguments: ["-Os", "-O0", "-O2"])
  func `the same with objects of clang and llc`(level: String) async throws {
    let project = try await CorpusProject(Variant(chip: "esp32", level: "-Os"))
    for module in CorpusProject.modules.keys.sorted() {
      let compiler = XtensaClang(folder: project.folder.path, level: level)
      var objects: [FilePath] = []
      for source in CorpusProject.sources(of: module) {
        objects.append(try await compiler.compile(source))
      }
      try await project.link(module, from: objects)
      try await compare(module, of: project, objects: objects)
    }
  }

  @Test func `data of a compiler without register windows is taken as it is`() async throws {
    let project = try await CorpusProject(Variant(chip: "esp32", level: "-Os"))
    let tables = try project.folder.write(
      """
      extern int first(int), second(int), firmware_add(int, int); extern int *state[2];
      int numbers[4] = {5, 6, 7, 8};
      static const char *const texts[] = {"first", "second", "and first"};
      struct __attribute__((packed)) { char c; void *a, *b; } packed = {'x', first, &numbers[4]};
      void *table[] = {first, second, firmware_add, &numbers[-1], state, (void *)texts, &packed};
      """, to: "tables.c")
    let code = try project.folder.write(
      """
      extern void *table[]; static int one, two; int *state[2] = {&one, &two};
      static const char text[] = "and first";
      int first(int x) { one += x; return text[x] + ((int (*)(int))table[1])(x); }
      int second(int x) { two += x; return *(int *)table[3] + 0x12345678; }
      """, to: "code.c")
    let data = "-fdata-sections"
    for (compiler, source) in [
      (["xtensa-lx106-elf-gcc", data], tables),
      ([Toolchain.xtensa("gcc")] + Toolchain.xtensaModuleOptions, code),
    ] { try await Toolchain.run(compiler + ["-c", source.string, "-o", "\(source).o"]) }
    let objects = [tables, code].map { FilePath("\($0).o") }
    try await project.link("calls", from: objects)
    try await compare("calls", of: project, objects: objects)
  }

  @Test func `a word that was missed and a wrong byte are found, by address and section`()
    async throws
  {
    let project = try await CorpusProject(Variant(chip: "esp32", level: "-Os"))
    let image = try FileContents.read(project.plan.output.module("corpus").image)
    let place = LoadedXtensaModule.places[0]
    let loaded = try LoadedXtensaModule(image, at: place)
    let oracle = try await LinkedForXtensa(
      "corpus", of: project, objects: project.objects(of: "corpus"),
      data: loaded.extent.dataAddress, code: loaded.extent.executableAddress)
    #expect(oracle.differences(loaded.byte) == [])
    var changed = image
    changed[changed.count - 2] ^= 1
    let differences = oracle.differences(try LoadedXtensaModule(changed, at: place).byte)
    #expect(differences.count == 1)
    #expect(differences.first?.contains(" in .text: ") == true, "\(differences)")
  }

  private func compare(
    _ module: String, of project: CorpusProject, objects: [FilePath]
  ) async throws {
    let image = try FileContents.read(project.plan.output.module(module).image)
    for place in LoadedXtensaModule.places where place.chip.id == project.chip.id {
      let loaded = try LoadedXtensaModule(image, at: place)
      let oracle = try await LinkedForXtensa(
        module, of: project, objects: objects, data: loaded.extent.dataAddress,
        code: loaded.extent.executableAddress)
      let differences = oracle.differences(loaded.byte)
      #expect(oracle.size > 0)
      #expect(
        differences.isEmpty,
        "\(module) at 0x\(Hexadecimal.text(place.address)):\n\(differences.joined(separator: "\n"))"
      )
    }
  }
}
