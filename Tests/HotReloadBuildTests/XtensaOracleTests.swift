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
