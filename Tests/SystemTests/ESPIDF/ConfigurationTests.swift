import SystemPackage
import Testing

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

extension ESPIDFTests {
  /// What CMake says of a project's configuration.
  @Suite struct ConfigurationTests {
    /// Lines for sdkconfig.defaults, and what is said of them.
    struct Configuration: Sendable, CustomTestStringConvertible {
      var version = ESPIDFProject.Version.v5_5
      var chip = "esp32c3"
      var lines: [String]
      var says: [String]
      var testDescription: String {
        "\(version.rawValue) \(chip) \(lines.joined(separator: " "))"
      }
    }

    static let warnings = [
      Configuration(
        lines: ["CONFIG_ESP_SYSTEM_MEMPROT_FEATURE=y"],
        says: [
          "CONFIG_ESP_SYSTEM_MEMPROT_FEATURE=n in sdkconfig.defaults", "ESP_ERR_NOT_SUPPORTED",
        ]
      ),
      Configuration(
        version: .v6_0, lines: ["CONFIG_ESP_SYSTEM_MEMPROT=y"],
        says: ["CONFIG_ESP_SYSTEM_MEMPROT=n in sdkconfig.defaults"]),
      Configuration(
        chip: "esp32c6", lines: [],
        says: ["CONFIG_ESP_SYSTEM_PMP_IDRAM_SPLIT=n in sdkconfig.defaults"]),
      Configuration(
        lines: ["CONFIG_HOTRELOAD_COMPONENTS=\"counter; absent\""],
        says: ["CONFIG_HOTRELOAD_COMPONENTS names 'absent', which is no component of this build"]),
    ]

    @Test(arguments: warnings)
    func whatWillNotDoIsAWarning(configuration: Configuration) async throws {
      let project = try await ESPIDFProject.unbuilt(
        version: configuration.version, chip: configuration.chip)
      let defaults = try project.text("sdkconfig.defaults").split(separator: "\n").map(String.init)
      try project.write(
        (defaults + configuration.lines).joined(separator: "\n"), to: "sdkconfig.defaults")
      let result = try await project.configured()
      for text in ["CMake Warning"] + configuration.says {
        #expect(result.message.contains(text), "no '\(text)': \(result)")
      }
    }

    @Test func theProjectOfTheseTestsHasNoWarning() async throws {
      let result = try await ESPIDFProject.unbuilt().configured()
      #expect(!result.message.contains("CMake Warning"), "\(result)")
    }

    /// As the component manager names what comes from a registry.
    @Test func componentsMayHaveNamespaces() async throws {
      let component = try ComponentCopy(in: "registry", called: "acme__hotreload")
      try await component.addRuntime()
      let project = try ESPIDFProject(
        in: "registry", "modules",
        options: [component.option, "-DHOTRELOAD_TOOL=\(Repository.tool)"])
      try FileManager.default.moveItem(
        atPath: project.sources.pushing("components/plugin").string,
        toPath: project.sources.pushing("components/acme__plug-in").string)
      try project.write(
        "idf_component_register(SRCS main.c PRIV_REQUIRES acme__hotreload greeter counter acme__plug-in)\n",
        to: "main/CMakeLists.txt")
      try await project.configured()
      #expect(
        try project.images(of: "plugins-flash")
          == ["0x190000 hotreload/acme__plug-in/partition.bin"])
      #expect(try project.registration(of: "acme__hotreload") != nil)
    }

    @Test(arguments: ["hotreload", "main"])
    func aComponentThatCannotBeReloadedIsRefused(name: String) async throws {
      let project = try await ESPIDFProject.unbuilt()
      try project.write(
        "CONFIG_PARTITION_TABLE_CUSTOM=y\nCONFIG_HOTRELOAD_COMPONENTS=\"\(name)\"\n",
        to: "sdkconfig.defaults")
      let result = try await project.configure()
      #expect(result.exitCode != 0, "\(result)")
      #expect(result.message.contains("'\(name)' cannot be reloadable"), "\(result)")
    }
  }
}
