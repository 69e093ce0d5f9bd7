import Foundation
import SystemPackage
import Testing

extension ESPIDFTests {
  /// The C sources of the port over ESP-IDF, for the versions and chips that there are.
  struct PortTests {
    /// As they come: with memory protection, without PSRAM and mDNS.
    private static let plain: [PortFolder.Configuration] = [
      ([5, 0, 0], ["esp32", "esp32s2", "esp32s3", "esp32c2", "esp32c3"]),
      ([5, 1, 4], ["esp32c6", "esp32h2"]),
      ([5, 3, 1], ["esp32", "esp32c3", "esp32p4"]),
      ([5, 5, 1], ["esp32c5", "esp32c61"]),
      ([6, 0, 2], ["esp32", "esp32s2", "esp32s3", "esp32c3", "esp32c5", "esp32c6", "esp32p4"]),
    ].flatMap { version, chips in
      chips.map { chip in
        guard chip != "esp32" else { return .init(version: version, chip: chip) }  // It has none.
        let hasControl = ["esp32c3", "esp32s2", "esp32s3"].contains(chip)
        let protection =
          version[0] >= 6
          ? "ESP_SYSTEM_MEMPROT"
          : hasControl ? "ESP_SYSTEM_MEMPROT_FEATURE" : "ESP_SYSTEM_PMP_IDRAM_SPLIT"
        return .init(version: version, chip: chip, options: [protection])
      }
    }

    /// What somebody may set.
    private static let chosen: [PortFolder.Configuration] = [
      .init(version: [5, 0, 0], chip: "esp32", options: ["FREERTOS_ENABLE_TASK_SNAPSHOT"]),
      .init(
        version: [5, 2, 0], chip: "esp32c3",
        options: ["FREERTOS_ENABLE_TASK_SNAPSHOT", "FREERTOS_UNICORE"]),
      .init(
        version: [5, 3, 1], chip: "esp32s3",
        options: [
          "FREERTOS_ENABLE_TASK_SNAPSHOT", "HOTRELOAD_SAFE_POINT_REFUSE",
          "HOTRELOAD_FILL_FREED_CODE",
        ]),
      .init(
        version: [5, 5, 1], chip: "esp32c6",
        options: [
          "FREERTOS_ENABLE_TASK_SNAPSHOT", "HOTRELOAD_SAFE_POINT_OFF",
          "HOTRELOAD_CONFIRM_APPLICATION",
          "BT_LE_CONTROLLER_LOG_WRAP_PANIC_HANDLER_ENABLE",
        ]),
      .init(version: [5, 0, 0], chip: "esp32c3", options: ["LWIP_IPV6"], hasMDNS: true),
      .init(version: [5, 1, 4], chip: "esp32c6", options: ["HOTRELOAD_MDNS"], hasMDNS: true),
      .init(version: [5, 3, 1], chip: "esp32c3", options: ["HOTRELOAD_MDNS", "LWIP_IPV6"]),
      .init(
        version: [5, 3, 2], chip: "esp32p4",
        options: [
          "SPIRAM", "HOTRELOAD_SPIRAM_FALLBACK", "CACHE_L2_CACHE_LINE_SIZE=128",
          "HOTRELOAD_SERVER_CORE_ID=1",
        ]),
      .init(
        version: [5, 5, 1], chip: "esp32c5", options: ["SPIRAM", "HOTRELOAD_AUTHENTICATION_BODY"]),
      .init(
        version: [6, 0, 2], chip: "esp32c61", options: ["SPIRAM", "HOTRELOAD_MDNS"], hasMDNS: true),
      .init(version: [6, 0, 2], chip: "esp32p4", options: ["HOTRELOAD_SERVER_CORE_ID=-1"]),
      .init(
        version: [5, 3, 1], chip: "esp32",
        options: ["SPIRAM", "HOTRELOAD_SPIRAM_FALLBACK", "MBEDTLS_HARDWARE_SHA"]),
      .init(version: [5, 0, 0], chip: "esp32s2", options: ["SPIRAM"]),
      .init(
        version: [5, 1, 4], chip: "esp32s2", options: ["SPIRAM", "MMU_PAGE_SIZE=0x10000"]),
      .init(version: [5, 0, 0], chip: "esp32s3", options: ["SPIRAM"]),
    ]

    @Test(arguments: plain + chosen)
    func `compiles without a warning`(configuration: PortFolder.Configuration) async throws {
      let compiler = try await PortFolder.compiler(for: configuration.chip)
      try await ChildProcess.succeed(
        compiler + ["-fsyntax-only"] + configuration.arguments
          + PortFolder.files(for: configuration.version).map(\.string))
      // CONFIG_HOTRELOAD_ENABLE=n.
      try await ChildProcess.succeed(
        compiler + ["-fsyntax-only", "-DHOTRELOAD_DISABLED"] + configuration.arguments
          + [PortFolder.sources.appending("hotreload_disabled.c").string])
    }

    /// hotreload_port.h is what the runtime links against. What serves a byte stream is not for ESP-IDF.
    @Test(arguments: [[5, 1, 4], [6, 0, 2]])
    func `defines what the runtime needs and uses what ESP-IDF has`(version: [Int]) async throws {
      let symbols = try await symbols(version)
      let header = try declarations(in: PortFolder.component.appending("port/hotreload_port.h"))
      let byteStream: Set = ["hotreload_port_send", "hotreload_port_close"]
      let needed = header.filter { $0.hasPrefix("hotreload_port_") }.subtracting(byteStream)
      #expect(needed.count > 20)
      #expect(needed.subtracting(symbols.defined) == [])

      // A variable, and what the linker makes of esp_panic_handler().
      var known = header.union([
        "hotreload_key", "hotreload_chip", "g_panic_abort", "__real_esp_panic_handler",
      ])
      for folder in ["", "esp_private", "freertos", "mbedtls", "psa", "libc", "mdns"] {
        let folder = folder.isEmpty ? PortFolder.headers : PortFolder.headers.appending(folder)
        for name in try FileManager.default.contentsOfDirectory(atPath: folder.string)
        where name.hasSuffix(".h") {
          known.formUnion(try declarations(in: folder.appending(name)))
        }
      }
      let compilers: Set = ["memset", "memcpy"]
      #expect(
        symbols.undefined.subtracting(symbols.defined).subtracting(known).subtracting(compilers)
          == [])
    }

    /// Names of functions that a header declares, and of those that it defines.
    private func declarations(in header: FilePath) throws -> Set<String> {
      let text = try String(contentsOfFile: header.string, encoding: .utf8)
      let names = text.matches(of: /(?m)^[A-Za-z_][^#\/=;{]*?([A-Za-z_][A-Za-z0-9_]*) ?\((?!\()/)
      let inline = text.matches(
        of: /(?m)^(?:__attribute__\(\(always_inline\)\) )?static inline [^(]*?([a-z0-9_]+)\(/
      ).map { $0.1 }
      return Set(names.map { String($0.1) }).subtracting(inline.map { String($0) })
    }

    private func symbols(_ version: [Int]) async throws -> (
      defined: Set<String>, undefined: Set<String>
    ) {
      let folder = try PortFolder.scratch("symbols-\(version[0])")
      let configuration = PortFolder.Configuration(
        version: version, chip: "esp32c6", options: ["HOTRELOAD_MDNS"], hasMDNS: true)
      let compiler = try await PortFolder.compiler(for: configuration.chip)
      var objects: [String] = []
      for file in try PortFolder.files(for: version) {
        objects.append(folder.appending("\(file.stem ?? "").o").string)
        try await ChildProcess.succeed(
          compiler + ["-Os", "-c", file.string, "-o", objects[objects.count - 1]]
            + configuration.arguments)
      }
      let listing = try await ChildProcess.succeed(["llvm-nm", "-g", "-j"] + objects)
      let undefined = try await ChildProcess.succeed(["llvm-nm", "-u", "-j"] + objects)
      let all = Self.names(listing.output)
      let missing = Self.names(undefined.output)
      let defined = try await ChildProcess.succeed(
        ["llvm-nm", "-g", "-U", "-j"] + objects)
      #expect(all == missing.union(Self.names(defined.output)))
      return (Self.names(defined.output), missing)
    }

    /// Of a listing with lines for files, which end with a colon.
    private static func names(_ listing: String) -> Set<String> {
      Set(listing.split(separator: "\n").filter { !$0.hasSuffix(":") }.map(String.init))
    }
  }
}
