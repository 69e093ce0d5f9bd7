import SystemPackage
import Testing

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

extension ESPIDFTests {
  /// The stand-in for ESP-IDF does what the real one does.
  @Suite struct StandInTests {
    private static let hello = Task {
      let project = try ESPIDFProject(in: "stand-in", "hello")
      try await project.configured()
      return project
    }

    /// A project without modules; tests edit what CMake reads. As new at every call.
    private func project() async throws -> ESPIDFProject {
      let project = try await Self.hello.value
      try project.restore()
      return project
    }

    @Test(arguments: ESPIDFProject.Version.allCases)
    func aProjectWithoutModulesIsLinked(version: ESPIDFProject.Version) async throws {
      let project = try ESPIDFProject(in: "hello-\(version.rawValue)", "hello", version: version)
      try await project.configured()
      try await project.built()
      let symbols = try LinkedSymbols(FirmwareProject.bytes(of: project.firmware))
      #expect(symbols.all["app_main"] != nil)
      #expect(try project.registration(of: "main") == ["component": ["main"], "SRCS": ["main.c"]])
      #expect(try project.images(of: "flash") == ["0x10000 hello.bin"])
    }

    @Test(arguments: ["RELOADABLE", "PARTITION plugins", "SRC main.c"])
    func aKeywordThatESPIDFHasNotIsRefused(words: String) async throws {
      let project = try await project()
      try project.edit(
        "main/CMakeLists.txt", replacing: "SRCS", with: "\(words) SRCS")
      let result = try await project.configure()
      #expect(result.exitCode != 0)
      let keyword = words.prefix { $0 != " " }
      #expect(result.message.contains("has no keyword '\(keyword)' (component main)"), "\(result)")
    }

    @Test func theEarlyPassTakesAnUnknownWordForARequirement() async throws {
      let project = try await project()
      try project.edit(
        "main/CMakeLists.txt", replacing: "SRCS", with: "REQUIRES log RELOADABLE SRCS")
      let result = try await project.configure()
      let failure = "Failed to resolve component 'RELOADABLE' required by component 'main'"
      #expect(result.message.contains(failure), "\(result)")
    }

    @Test(arguments: [
      (ESPIDFProject.Version.v5_0, "esp_mm"), (.v5_5, "esp_libc"), (.v6_0, "newlib"),
    ])
    func aComponentOfAnotherVersionIsUnknown(
      version: ESPIDFProject.Version, name: String
    ) async throws {
      let project = try ESPIDFProject(in: "hello-unknown", "hello", version: version)
      try project.edit("main/CMakeLists.txt", replacing: "SRCS", with: "REQUIRES \(name) SRCS")
      let result = try await project.configure()
      #expect(result.message.contains("'\(name)' required by component 'main'"), "\(result)")
    }

    @Test func partitionsLieWhereESPIDFPutsThem() async throws {
      let project = try await project()
      try project.write("CONFIG_PARTITION_TABLE_CUSTOM=y\n", to: "sdkconfig.defaults")
      try project.write(
        """
        # Name, Type, SubType, Offset, Size, Flags
        nvs,data,nvs,0x9000,24K,
        phy_init, data, phy, , 0x1000
        factory, app, factory, , 1M, encrypted
        small, data, 0x40, , 5000
        next, data, 0x41, , 4K
        hotreload, app, 0x40, , 512k

        """, to: "partitions.csv")
      try project.write(
        """
        idf_component_register(SRCS main.c)
        foreach(name IN ITEMS nvs phy_init factory small next hotreload absent)
          foreach(field IN ITEMS offset size)
            partition_table_get_partition_info(${field} "--partition-name ${name}" ${field})
          endforeach()
          message(STATUS "${name} at ${offset}, ${size}")
        endforeach()

        """, to: "main/CMakeLists.txt")
      let result = try await project.configured()
      for line in [
        "nvs at 0x9000, 0x6000", "phy_init at 0xf000, 0x1000", "factory at 0x10000, 0x100000",
        "small at 0x110000, 0x1388", "next at 0x112000, 0x1000", "hotreload at 0x120000, 0x80000",
        "absent at , ",
      ] {
        #expect(result.output.contains("-- \(line)\n"), "\(result)")
      }
    }

    @Test func optionsHaveTheirDefaultsUnlessTheProjectSaysOtherwise() async throws {
      let project = try await project()
      try project.write(
        """
        menu "Hello"
            config HELLO_ENABLE
                bool "Enable"
                default y
                help
                    default n is what this text says
            config HELLO_COUNT
                int "Count"
                range 1 9
                depends on HELLO_ENABLE && !SPIRAM
                default 9 if SPIRAM
                default 5
            config HELLO_NAME
                string "Name"
                default "you; all"
            choice HELLO_MANNER
                prompt "Manner"
                default HELLO_LOUD
                config HELLO_LOUD
                    bool "Loud"
                config HELLO_QUIET
                    bool "Quiet"
            endchoice
            if !HELLO_ENABLE
                config HELLO_NOTHING
                    bool "Nothing"
                    default y
            endif
        endmenu

        """, to: "main/Kconfig")
      func options() throws -> [String] {
        try project.built(file: "config/sdkconfig.h").split(separator: "\n")
          .filter { $0.contains("HELLO") }
          .map { String($0.dropFirst("#define CONFIG_HELLO_".count)) }
      }
      try await project.configured()
      #expect(try options() == ["ENABLE 1", "COUNT 5", "NAME \"you; all\"", "LOUD 1"])
      try project.write(
        "CONFIG_HELLO_COUNT=7\nCONFIG_HELLO_QUIET=y\nCONFIG_HELLO_NAME=\"x\"\n",
        to: "sdkconfig.defaults")
      try await project.configured()
      #expect(try options() == ["ENABLE 1", "COUNT 7", "NAME \"x\"", "QUIET 1"])
      try project.write("CONFIG_HELLO_ENABLE=n\n", to: "sdkconfig.defaults")
      try await project.configured()
      #expect(try options() == ["NAME \"you; all\"", "LOUD 1", "NOTHING 1"])
    }

    @Test func itsKeywordsComponentsAndFunctionsAreThoseOfARealTree() async throws {
      guard let tree = ProcessInfo.processInfo.environment["IDF_PATH"] else {
        print("skipped: IDF_PATH names no ESP-IDF to compare the stand-in with")
        return
      }
      let result = try await ChildProcess.run([
        "cmake", "-D", "IDF_PATH=\(tree)", "-P",
        ESPIDFProject.standIn.appending("compare.cmake").string,
      ])
      #expect(result.exitCode == 0, "\(result)")
    }
  }
}
