import SystemPackage

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// A folder that can be all of PATH.
struct ProgramFolder: Sendable {
  let folder: FilePath
  /// The folder of clang and ld.lld, which the stand-in then cannot find beside swiftc.
  private let toolchain: FilePath

  /// For the environment of an `ESPIDFProject`.
  var environment: [String] { ["PATH=\(folder)", "STANDIN_TOOLS=\(toolchain)"] }

  /// What a C developer has: CMake and Ninja, neither Swift nor our tool.
  static let withoutSwift = Task {
    let folder = Repository.scratch.pushing("esp-idf/path")
    let files = FileManager.default
    if files.fileExists(atPath: folder.string) { try files.removeItem(atPath: folder.string) }
    try files.createDirectory(atPath: folder.string, withIntermediateDirectories: true)
    for program in ["cmake", "ninja"] {
      let found = try await ChildProcess.succeed(["/bin/sh", "-c", "command -v \(program)"])
      try files.createSymbolicLink(
        atPath: folder.appending(program).string,
        withDestinationPath: String(found.output.dropLast()))
    }
    return ProgramFolder(folder: folder, toolchain: try await CountedTools.toolchain())
  }
}
