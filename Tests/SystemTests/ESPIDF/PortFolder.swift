import Foundation
import SystemPackage

/// The port over ESP-IDF, compiled without ESP-IDF: against Tests/ESPIDFHeaders.
enum PortFolder {
  static let component = Repository.root.appending("components/hotreload")
  static let sources = component.appending("port/esp-idf")
  static let headers = Repository.root.appending("Tests/ESPIDFHeaders")
  /// Fakes that play ESP-IDF on the computer.
  static let fakes = headers.appending("host")

  /// A version of ESP-IDF, a chip, and options of sdkconfig.h.
  struct Configuration: Sendable, CustomStringConvertible {
    var version: [Int]
    var chip: String
    /// Without CONFIG_: names, or names and values.
    var options: [String] = []
    var hasMDNS = false

    var description: String {
      let version = version.map(String.init).joined(separator: ".")
      return "ESP-IDF \(version), \(chip)\(options.map { ", \($0)" }.joined())"
    }

    /// For any compiler.
    var arguments: [String] {
      let target = chip.uppercased()
      let always = [
        "IDF_TARGET=\"\(chip)\"", "IDF_TARGET_\(target)=1",
        "HOTRELOAD_PARTITION=\"hotreload\"", "HOTRELOAD_SERVER=1",
        "HOTRELOAD_SERVER_STACK_SIZE=8192",
        "HOTRELOAD_SERVER_TASK_PRIORITY=5", "HOTRELOAD_SERVER_CONTROL_PORT=32769",
        "HOTRELOAD_TRIAL_TIMEOUT_MS=10000",
      ]
      let defined = always + options.map { $0.contains("=") ? $0 : "\($0)=1" }
      let folders =
        [headers, component.appending("port"), component.appending("include")]
        + (hasMDNS ? [headers.appending("mdns")] : [])
      return ["-std=gnu11", "-Wall", "-Wextra", "-Werror"]
        + zip(["MAJOR", "MINOR", "PATCH"], version).map { "-DESP_IDF_VERSION_\($0)=\($1)" }
        + defined.map { "-DCONFIG_\($0)" } + folders.map { "-I\($0)" }
    }
  }

  /// A compiler for the chip: its instructions, and no C library but the one of Tests/ESPIDFHeaders.
  static func compiler(for chip: String) async throws -> [String] {
    let library = "-I\(headers.appending("libc"))"
    guard !isXtensa(chip) else {
      let tools = Repository.root.appending("build/xtensa")
      try await ChildProcess.succeed(
        [Repository.root.appending("scripts/make-xtensa-tools.sh").string, tools.string])
      return [tools.appending("bin/xtensa-windowed-elf-gcc").string, "-ffreestanding", library]
    }
    let isP4 = chip == "esp32p4"
    let march = (isP4 ? "rv32imafc" : chip < "esp32c5" ? "rv32imc" : "rv32imac")
    return [
      "clang", "--target=riscv32-none-elf", "-march=\(march)_zicsr_zifencei",
      "-mabi=\(isP4 ? "ilp32f" : "ilp32")", "-ffreestanding", "-nostdlibinc", library,
    ]
  }

  private static func isXtensa(_ chip: String) -> Bool {
    ["esp32", "esp32s2", "esp32s3"].contains(chip)
  }

  /// The sources that the component's CMakeLists.txt compiles for this version.
  static func files(for version: [Int]) throws -> [FilePath] {
    try FileManager.default.contentsOfDirectory(atPath: sources.string).sorted()
      .filter { $0.hasSuffix(".c") && $0 != "hotreload_disabled.c" }
      .filter { $0 != (version[0] < 6 ? "crypto_psa.c" : "crypto_mbedtls.c") }
      .map { sources.appending($0) }
  }

  /// A new folder, which stays until the next run.
  static func scratch(_ name: String) throws -> FilePath {
    let folder = Repository.scratch.appending("port/\(name)")
    try? FileManager.default.removeItem(atPath: folder.string)
    try FileManager.default.createDirectory(
      atPath: folder.string, withIntermediateDirectories: true)
    return folder
  }
}
