import HotReloadELF
import SystemPackage
import Testing

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

extension ESPIDFTests {
  /// `CONFIG_HOTRELOAD_ENABLE=n`: the same sources, an ordinary firmware.
  @Suite struct DisabledTests {
    private static let ordinary = Task {
      let project = try ESPIDFProject(
        in: "disabled", "modules", options: [try ComponentCopy(in: "disabled").option],
        environment: try await ProgramFolder.withoutSwift.value.environment)
      try project.write(
        try project.text("sdkconfig.defaults") + "CONFIG_HOTRELOAD_ENABLE=n\n",
        to: "sdkconfig.defaults")
      try project.write(
        """
        #include "hotreload_module.h"
        int greeter_on_load(hotreload_load_reason_t reason) { return (int)reason; }
        HOTRELOAD_ON_LOAD(greeter_on_load);

        """, to: "components/greeter/hooks.c")
      try project.edit(
        "components/greeter/CMakeLists.txt", replacing: "SRCS \"greeter.c\"",
        with: "SRCS \"greeter.c\" \"hooks.c\"")
      try await project.configured()
      try await project.built()
      return project
    }

    @Test func reloadableComponentsAreLinkedOrdinarily() async throws {
      let project = try await Self.ordinary.value
      let symbols = try LinkedSymbols(FirmwareProject.bytes(of: project.firmware)).all
      for name in ["greeter_greet", "count_up", "plugin_run"] {
        #expect(symbols[name] != nil, "no \(name)")
      }
      // More than a stub.
      #expect(try #require(symbols["greeter_greet"]).byteCount > 16)
      #expect(try project.registration(of: "greeter")?["SRCS"] == ["greeter.c", "hooks.c"])
      #expect(try project.registration(of: "counter")?["SRC_DIRS"] == ["src"])
    }

    @Test func hooksAreInTheFirmwareThoughNobodyCallsTheirSource() async throws {
      let project = try await Self.ordinary.value
      let symbols = try LinkedSymbols(FirmwareProject.bytes(of: project.firmware)).all
      #expect(symbols["greeter_on_load"] != nil)
    }

    @Test func neitherToolNorKeyNorServerIsThere() async throws {
      let project = try await Self.ordinary.value
      for name in ["hotreload.key", "hotreload-plan.json", "hotreload/stubs.S"] {
        #expect(
          !FileManager.default.fileExists(
            atPath: project.buildFolder.pushing(FilePath(name)).string),
          "\(name)")
      }
      let symbols = try LinkedSymbols(FirmwareProject.bytes(of: project.firmware)).all
      for name in ["hotreload_key", "hotreload_server_start", "httpd_start"] {
        #expect(symbols[name] == nil, "\(name)")
      }
      #expect(try project.images(of: "flash") == ["0x10000 modules.bin"])
    }

    @Test func theSameProjectHasModulesWhenItIsEnabled() async throws {
      let project = try await ESPIDFProject.unbuilt()
      try project.write(
        try project.text("sdkconfig.defaults") + "CONFIG_HOTRELOAD_ENABLE=n\n",
        to: "sdkconfig.defaults")
      try await project.configured()
      #expect(try project.registration(of: "greeter")?["SRCS"] == ["greeter.c"])
      try project.restore()
      try await project.configured()
      #expect(try project.registration(of: "greeter")?["SRCS"] != ["greeter.c"])
      #expect(
        try project.images(of: "hotreload-flash") == ["0x110000 hotreload/greeter/partition.bin"])
    }

    /// What turns hot reload off in a build folder that had modules.
    @Test(arguments: ["CONFIG_HOTRELOAD_ENABLE=n", "CONFIG_HOTRELOAD_COMPONENTS=\"\""])
    func aBuildFolderThatHadModulesHasNoPlanAnyMore(setting: String) async throws {
      let project = try await ESPIDFProject.unbuilt()
      try await project.configured()
      let plan = project.plan.string
      #expect(FileManager.default.fileExists(atPath: plan))
      for component in ["greeter", "plugin"] {
        try project.write(
          "idf_component_register(SRC_DIRS . INCLUDE_DIRS include PRIV_INCLUDE_DIRS private)\n",
          to: "components/\(component)/CMakeLists.txt")
        try project.write("", to: "components/\(component)/private/unused.h")
      }
      try project.write(
        try project.text("sdkconfig.defaults") + "\(setting)\n", to: "sdkconfig.defaults")
      try await project.configured()
      #expect(!FileManager.default.fileExists(atPath: plan))
    }
  }
}
