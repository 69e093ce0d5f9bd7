import SystemPackage
import Testing

extension ESPIDFTests {
  /// Examples/esp-idf: unmodified projects of the stand-in for ESP-IDF.
  @Suite struct ExampleTests {
    @Test(arguments: ESPIDFProject.Version.allCases)
    func theBasicExampleIsBuilt(version: ESPIDFProject.Version) async throws {
      let project = try await Self.example("basic", version)
      let symbols = try LinkedSymbols(FirmwareProject.bytes(of: project.firmware))
      for name in ["app_main", "reloadable_hello", "reloadable_mean"] {
        #expect(symbols.all[name] != nil, "\(name)")
      }
      #expect(
        try project.images(of: "hotreload-flash") == [
          "0x150000 hotreload/reloadable/partition.bin"
        ])
      #expect(
        try Set(project.images(of: "flash")) == [
          "0x10000 basic.bin", "0x150000 hotreload/reloadable/partition.bin",
        ])
    }

    @Test func theSwiftExampleIsBuilt() async throws {
      let project = try await Self.example("swift", .v5_5)
      let symbols = try LinkedSymbols(FirmwareProject.bytes(of: project.firmware))
      #expect(symbols.all["reloadable_hello"] != nil)
      // Swift's heap is the firmware's.
      #expect(symbols.all["posix_memalign"] != nil)
    }

    /// Configured and built. The copy lies elsewhere, and finds the component by its whole path.
    private static func example(
      _ name: String, _ version: ESPIDFProject.Version
    ) async throws -> ESPIDFProject {
      let component = try await ComponentCopy.prebuilt.value
      let project = try ESPIDFProject(
        in: "example-\(name)-\(version.rawValue)", "../../../Examples/esp-idf/\(name)",
        projectName: name, version: version, options: ["-DHOTRELOAD_TOOL=\(Repository.tool)"])
      try project.edit(
        "CMakeLists.txt", replacing: "${CMAKE_CURRENT_LIST_DIR}/../../../components/hotreload",
        with: component.folder.string)
      try await project.configured()
      try await project.built()
      return project
    }
  }
}
