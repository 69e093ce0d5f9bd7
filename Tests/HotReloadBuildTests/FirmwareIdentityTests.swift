import Crypto
import SystemPackage
import TestImages
import Testing

@testable import HotReloadBuild

/// What a plan says of the firmware beyond where it is: firmware of ESP-IDF.
struct FirmwareIdentityTests {
  @Test
  func
    `a firmware that is known by its hash has modules with that hash, the one that was linked last`()
    async throws
  {
    let project = try SampleProject()
    var plan = project.plan
    plan.firmware.identity = .elfSHA256
    let builder = ModuleBuilder(plan: plan)
    _ = try await builder.prepare()
    try await project.linkFirmware()
    let path = FilePath(plan.firmware.path)
    for text in ["", "int grown(void) { return 1; } int (*volatile grow)(void) = grown;\n"] {
      try project.folder.write(SampleProject.firmware + text, to: "main.c")
      try await project.linkFirmware()
      let image = try FileContents.read(try await builder.build().modules[0].image)
      let hash = Array(SHA256.hash(data: try FileContents.read(path)))
      #expect(try ImageContents(image).note[24 + 12..<24 + 44] == hash[...])
    }
  }

  @Test func `a runtime for another chip is refused before anything is compiled`() async throws {
    let project = try SampleProject()
    var plan = project.plan
    let archive = project.folder.path.appending("libhotreload_runtime.a")
    plan.runtime = archive.string
    // The fixture is for soft floats, as the chip of the plan.
    let object = try Fixture.bytes("module.o")
    try FileContents.write(
      Archive(members: [.init(name: "m.o", bytes: object)]).encoded(), to: archive)
    _ = try await ModuleBuilder(plan: plan).prepare()
    plan.chip = "esp32p4"
    let failure = await #expect(throws: BuildFailure.self) {
      try await ModuleBuilder(plan: plan).prepare()
    }
    #expect(failure?.code == .wrongRuntime)
    #expect(failure?.message.contains("esp32p4") == true)
    #expect(failure?.hint?.contains("rv32imafc-ilp32f") == true)
    try FileContents.write([1, 2, 3], to: archive)
    let damaged = await #expect(throws: BuildFailure.self) {
      try await ModuleBuilder(plan: plan).prepare()
    }
    #expect(damaged?.code == .malformedArchive)
  }
}
