import HotReloadELF
import SystemPackage
import Testing

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

extension ESPIDFTests {
  /// Components that are reloadable: what ESP-IDF is told of them, and what becomes of their sources.
  @Suite struct ReloadableTests {
    /// What ESP-IDF compiles for a component: file names.
    private func sources(of component: String, in project: ESPIDFProject) throws -> [String] {
      let call = try #require(try project.registration(of: component))
      return (call["SRCS"] ?? []).compactMap { FilePath($0).lastComponent.map { "\($0)" } }
    }

    @Test(arguments: ["greeter", "counter", "plugin"])
    func itsSourcesAreNotInTheFirmware(component: String) async throws {
      let project = try await ESPIDFProject.modules().project
      #expect(try sources(of: component, in: project) == ["no_sources.c"])
      let call = try #require(try project.registration(of: component))
      #expect(call["SRC_DIRS"] == nil && call["EXCLUDE_SRCS"] == nil, "\(call)")
      #expect(call["INCLUDE_DIRS"] == ["include"], "\(call)")
    }

    @Test func everySourceIsCompiledOnce() async throws {
      let built = try await ESPIDFProject.modules()
      for source in ["greeter.c", "counter.c", "step.c", "plugin.cpp", "main.c", "words.c"] {
        #expect(
          built.started.count { $0 == "compile \(source)" } == 1, "\(source): \(built.started)")
      }
      #expect(!built.started.contains("compile unused.c"), "\(built.started)")
    }

    @Test func theFirmwareCallsStubsOfTheirFunctions() async throws {
      let project = try await ESPIDFProject.modules().project
      let firmware = try LinkedSymbols(FirmwareProject.bytes(of: project.firmware)).all
      for (name, module) in [
        "greeter_greet": "greeter", "count_up": "greeter", "plugin_run": "plugin",
      ] {
        // A stub is four instructions at most.
        #expect(try #require(firmware[name], "no \(name)").byteCount <= 16)
        let image = try await Tool.run("inspect", project.image(of: module).string)
        #expect(image.output.contains(name), "\(image)")
      }
      // Only modules need it.
      #expect(firmware["words_name"] != nil)
    }

    @Test(arguments: ESPIDFProject.Version.allCases)
    func modulesAreBuiltWithEveryVersion(version: ESPIDFProject.Version) async throws {
      let project = try await ESPIDFProject.unbuilt(version: version)
      try await project.configured()
      try await project.built()
      for module in ["greeter", "plugin"] {
        let image = try await Tool.run(
          "inspect", project.image(of: module).string, "--chip", "esp32c3", "--firmware",
          project.firmware.string)
        #expect(image.exitCode == 0, "\(image)")
      }
    }

    @Test(arguments: ["esp32c6", "esp32p4", "esp32"])
    func modulesAreBuiltForOtherChips(chip: String) async throws {
      let project = try await ESPIDFProject.unbuilt(chip: chip)
      try await project.configured()
      try await project.built()
      let image = try await Tool.run(
        "inspect", project.image(of: "greeter").string, "--chip", chip, "--firmware",
        project.firmware.string)
      #expect(image.exitCode == 0, "\(image)")
    }

    @Test func whatItRequiresReachesItsCompileCommands() async throws {
      let project = try await ESPIDFProject.modules().project
      struct Entry: Decodable {
        var file: String
        var command: String
      }
      let commands = try JSONDecoder().decode(
        [Entry].self, from: Data(project.built(file: "compile_commands.json").utf8))
      let greeter = commands.filter { $0.file.hasSuffix("/greeter.c") }
      #expect(greeter.count == 1)
      let words = (greeter.first?.command ?? "").split(separator: " ").map(String.init)
      for word in [
        "-I\(project.sources)/components/greeter/private",
        "-I\(project.sources)/components/words/include", "-DWORDS_FOR_C=1",
        "-Wmissing-declarations", "-DESP_PLATFORM", "-std=gnu17", "-Werror",
      ] {
        #expect(words.contains(word), "no \(word) in \(words)")
      }
    }

    @Test func hotreloadSetupMakesAModuleBesideFirmwareSources() async throws {
      let project = try await ESPIDFProject.unbuilt()
      try project.write(
        """
        idf_component_register(SRC_DIRS "src" EXCLUDE_SRCS "src/unused.c" "src/step.c"
          INCLUDE_DIRS "include")
        hotreload_setup(SRCS "src/step.c" PARTITION plugins)

        """, to: "components/counter/CMakeLists.txt")
      try project.write("CONFIG_PARTITION_TABLE_CUSTOM=y\n", to: "sdkconfig.defaults")
      try await project.configured()
      try await project.built()
      let image = try await Tool.run("inspect", project.image(of: "counter").string)
      #expect(image.output.contains("count_step"), "\(image)")
      let symbols = try LinkedSymbols(FirmwareProject.bytes(of: project.firmware)).all
      #expect(try #require(symbols["count_step"]).byteCount <= 16)
      #expect(try #require(symbols["count_up"]).byteCount > 16)
    }
  }
}
