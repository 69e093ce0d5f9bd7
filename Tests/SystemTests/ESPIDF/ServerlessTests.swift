import HotReloadELF
import SystemPackage
import Testing

extension ESPIDFTests {
  /// `CONFIG_HOTRELOAD_SERVER=n`: modules, but no way in.
  @Suite struct ServerlessTests {
    @Test func neitherServerNorKeyIsInTheFirmware() async throws {
      let component = try ComponentCopy(in: "serverless")
      try await component.addRuntime()
      let project = try ESPIDFProject(
        in: "serverless", "modules",
        options: [component.option, "-DHOTRELOAD_TOOL=\(Repository.tool)"])
      try project.write(
        try project.text("sdkconfig.defaults") + "CONFIG_HOTRELOAD_SERVER=n\n",
        to: "sdkconfig.defaults")
      try project.edit(
        "main/main.c", replacing: "    printf(",
        with: "    hotreload_server_config_t server = HOTRELOAD_SERVER_CONFIG_DEFAULT();\n"
          + "    if (hotreload_server_start(&server) != ESP_ERR_NOT_SUPPORTED)\n        return;\n    printf("
      )
      try await project.configured()
      try await project.built()
      let names = try LinkedSymbols(FirmwareProject.bytes(of: project.firmware)).all.keys
      for name in ["hotreload_key", "hotreload_server_start", "httpd_start", "http_serve"] {
        #expect(!names.contains(name), "\(name)")
      }
      for name in ["hotreload_load", "__wrap_esp_panic_handler"] {
        #expect(names.contains(name), "no \(name)")
      }
    }
  }
}
