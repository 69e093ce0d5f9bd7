import HotReloadELF
import HotReloadLoader
import SystemPackage
import TestImages
import Testing

@testable import HotReloadBuild

/// GNU ld as oracle, for every Xtensa chip: a module that was linked with its regions far apart, packed, and moved to
/// the chip's addresses has to be, byte by byte, what the linker makes of the very objects at those addresses.
struct XtensaOracleTests {
  typealias Variant = CorpusProject.Variant

  @Test func debug() async throws {
    let project = try await CorpusProject(Variant(chip: "esp32s3", level: "-Os"))
    for module in CorpusProject.modules.keys.sorted() {
      let image = try FileContents.read(project.plan.output.module(module).image)
      print(module, image.count)
    }
  }
}
