import SystemPackage
import Testing

extension SystemTests {
  /// Firmware and modules by GCC, GNU as and GNU ld: what everybody has who builds with ESP-IDF.
  @Suite struct GCCTests {
    @Test func anEditRunsAndKeepsWhatItShall() async throws {
      let project = try await FirmwareProject.other(on: .riscv32.as("esp32c3", by: "gcc"))
      func source(_ greeting: String) throws -> String {
        try project.original(FirmwareProject.moduleSource)
          .replacing(
            "#include \"board.h\"", with: "#include \"board.h\"\n#include \"hotreload_module.h\""
          )
          .replacing("static int hello_count", with: "HOTRELOAD_KEEP static int hello_count")
          .replacing("hello_count = 0;", with: "")
          .replacing("\"Hello\"", with: "\"\(greeting)\"")
      }
      try project.write(source("Hello"), to: FirmwareProject.moduleSource)
      try await project.build()
      try await VirtualDevice.run(project) { device in
        let before = try await device.greeting("Hello")
        try project.write(source("Bonjour"), to: FirmwareProject.moduleSource)
        let result = try await Tool.reload(project, to: device)
        try #require(result.exitCode == 0, "\(result)")
        let after = try await device.greeting("Bonjour")
        #expect(after.boot == before.boot)
        #expect(after.count > before.count, "kept")
      }
    }
  }
}
