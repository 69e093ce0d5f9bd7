import Subprocess
import SystemPackage

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Where one run of swiftc puts its temporary files: it does not remove all of them, and the system's folder
/// would fill up. Lies beside the object, and goes with the run.
struct SwiftTemporaries {
  private let path: FilePath
  /// Where swiftc writes what it makes: what it puts beside it without being asked goes with the folder.
  let product: FilePath

  /// Removes what a run left that was killed.
  init(for command: CompileCommand) throws(BuildFailure) {
    path = FilePath("\(command.object).temporary")
    product = path.appending(command.object.lastComponent?.string ?? "product")
    remove()
    try FileContents.createFolder(path)
  }

  /// What swiftc has to be told.
  var environment: [Environment.Key: String?] { ["TMPDIR": path.string] }

  /// Best effort: what cannot be removed is removed by the next run.
  func remove() { try? FileManager.default.removeItem(atPath: path.string) }
}
