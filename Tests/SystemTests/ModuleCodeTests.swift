import SystemPackage
import Testing

extension SystemTests {
  /// What a compiler makes of C, on the device.
  @Suite struct ModuleCodeTests {
    @Test(arguments: ["-O0", "-O1", "-O2", "-O3", "-Oz"])
    func allOfTheLanguageWorks(level: String) async throws {
      let project = try await FirmwareProject.other()
      let source = Repository.root.pushing("Tests/Fixtures/Modules/language.c")
      try project.write(
        String(decoding: FirmwareProject.bytes(of: source), as: UTF8.self),
        to: FirmwareProject.moduleSource)
      try project.edit(
        FirmwareProject.buildFile, replacing: "  LINK_LIBRARIES",
        with: "  COMPILE_OPTIONS \(level)\n  LINK_LIBRARIES")
      try await project.build()
      try await VirtualDevice.run(project) { device in
        let line = try await device.console.line(containing: "World: ")
        #expect(line.contains("World: all right"), "\(device.console.text)")
      }
    }
  }
}
