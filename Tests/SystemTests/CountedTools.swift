import SystemPackage

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// A toolchain whose programs write down each start and then do their work: shell scripts in place of compiler,
/// assembler, linker and the rest, for a project of its own.
struct CountedTools: Sendable {
  /// Those that Boards/qemu-riscv32/toolchain.cmake wants beside each other.
  private static let names = [
    "clang", "clang++", "ld.lld", "llvm-ar", "llvm-nm", "llvm-objcopy", "llvm-objdump",
    "llvm-ranlib", "swiftc",
  ]

  let folder: FilePath
  private var log: FilePath { folder.appending("log") }
  /// Files with the environment of each start, by its process.
  private var environments: FilePath { folder.appending("environments") }

  /// What CMake is told, so that nothing else is started.
  var options: [String] {
    [
      "-DHOTRELOAD_SWIFTC=\(folder.appending("swiftc"))",
      "-DHOTRELOAD_LINKER=\(folder.appending("ld.lld"))",
    ]
  }

  /// Makes the scripts in a new folder.
  init(in folder: FilePath) async throws {
    self.folder = folder
    let files = FileManager.default
    if files.fileExists(atPath: folder.string) { try files.removeItem(atPath: folder.string) }
    try files.createDirectory(atPath: folder.string, withIntermediateDirectories: true)
    try reset()
    let real = try await Self.toolchain()
    for name in Self.names {
      let path = folder.appending(name)
      let script = """
        #!/bin/sh
        echo "\(name) $*" >> '\(log)'
        env >> '\(environments)'/$$
        exec '\(real.appending(name))' "$@"

        """
      try script.write(toFile: path.string, atomically: false, encoding: .utf8)
      try files.setAttributes([.posixPermissions: 0o755], ofItemAtPath: path.string)
    }
  }

  /// Where clang and ld.lld lie; `swiftc` in PATH may be a proxy.
  static func toolchain() async throws -> FilePath {
    struct TargetInfo: Decodable {
      struct Paths: Decodable { var runtimeResourcePath: String }
      var paths: Paths
    }
    let text = try await ChildProcess.succeed(["swiftc", "-frontend", "-print-target-info"]).output
    let info = try JSONDecoder().decode(TargetInfo.self, from: Data(text.utf8))
    return FilePath(info.paths.runtimeResourcePath).pushing("../../bin").lexicallyNormalized()
  }

  /// Forgets what was started so far.
  func reset() throws {
    try "".write(toFile: log.string, atomically: false, encoding: .utf8)
    let files = FileManager.default
    if files.fileExists(atPath: environments.string) {
      try files.removeItem(atPath: environments.string)
    }
    try files.createDirectory(atPath: environments.string, withIntermediateDirectories: false)
  }

  /// The arguments and environments of all that was started since `reset`, as they were.
  func told() throws -> [[UInt8]] {
    try [FirmwareProject.bytes(of: log)]
      + FileManager.default.contentsOfDirectory(atPath: environments.string)
      .map { try FirmwareProject.bytes(of: environments.appending($0)) }
  }

  /// What was started since `reset`, in words, sorted.
  func started() throws -> [String] {
    let text = try String(contentsOfFile: log.string, encoding: .utf8)
    return text.split(separator: "\n").map {
      Self.describe($0.split(separator: " ").map(String.init))
    }
    .sorted()
  }

  /// One start: `compile NAME.c` (or NAME.cpp), `assemble NAME.S`, `link firmware`, `link module NAME`, or the program's name.
  private static func describe(_ words: [String]) -> String {
    func file(after option: String) -> FilePath? {
      words.firstIndex(of: option).flatMap { words[($0 + 1)...].first }.map { FilePath($0) }
    }
    let program = words.first ?? ""
    switch program {
    case "clang", "clang++":
      guard let source = file(after: "-c")?.lastComponent else { return "link firmware" }
      return "\(source.extension == "S" ? "assemble" : "compile") \(source)"
    case "ld.lld":
      let folder = file(after: "-o")?.removingLastComponent().lastComponent
      return "link module \(folder.map { "\($0)" } ?? "?")"
    default:
      return program
    }
  }
}
