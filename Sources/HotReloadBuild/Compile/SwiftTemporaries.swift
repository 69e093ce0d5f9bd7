import Subprocess
import SystemPackage

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Where one run of swiftc puts its temporary files: it does not remove all of them, and the system's folder
/// would fill up. The folder goes with the run.
struct SwiftTemporaries {
  private let path: FilePath

  /// Removes what a run left that was killed.
  init(at path: FilePath) throws(BuildFailure) {
    self.path = path
    remove()
    try FileContents.createFolder(path)
  }

  /// Beside the object of a compilation.
  init(for command: CompileCommand) throws(BuildFailure) {
    try self.init(at: Self.path(for: command))
  }

  /// Where swiftc writes what it makes of a compilation: what it puts beside it without being asked goes with the folder.
  static func product(of command: CompileCommand) -> FilePath {
    path(for: command).appending(command.object.lastComponent?.string ?? "product")
  }

  private static func path(for command: CompileCommand) -> FilePath {
    FilePath("\(command.object).temporary")
  }

  /// What swiftc has to be told. That of Swift 6.3 crashes when the path is not ASCII: then it takes the system's folder.
  var environment: [Environment.Key: String?] {
    path.string.utf8.allSatisfy { $0 < 0x80 } ? ["TMPDIR": path.string] : [:]
  }

  /// Best effort: what cannot be removed is removed by the next run.
  func remove() { try? FileManager.default.removeItem(atPath: path.string) }
}
