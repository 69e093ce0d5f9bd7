import Foundation

/// Where and when, and by which versions.
enum Machine {
  static func text(_ options: Options) throws -> String {
    let processor = try String(contentsOfFile: "/proc/cpuinfo", encoding: .utf8)
      .split(separator: "\n").first { $0.hasPrefix("model name") }?
      .split(separator: ":").last?.trimmingPrefix(" ")
    let system = try String(contentsOfFile: "/etc/os-release", encoding: .utf8)
      .split(separator: "\n").first { $0.hasPrefix("PRETTY_NAME=") }?
      .split(separator: "\"").last
    let date = Date.now.ISO8601Format().prefix(10)
    let versions = try [
      ["swift", "--version"], ["qemu-system-riscv32", "--version"], ["clang", "--version"],
      ["\(options.root)/build/xtensa/bin/xtensa-windowed-elf-gcc", "--version"],
    ].map { try Program.run($0).split(separator: "\n").first.map(String.init) ?? "" }
    let commit =
      try Program.run(["git", "-C", options.root, "describe", "--always", "--dirty"])
      .split(separator: "\n").first ?? "unknown"
    return """
      Measured on \(date), commit \(commit): \(system ?? "Linux"), \(ProcessInfo.processInfo.activeProcessorCount) cores, \(processor ?? "unknown processor"); \
      \(versions.joined(separator: "; ")).

      """
  }
}
