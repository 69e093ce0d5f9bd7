import SystemPackage

@testable import HotReloadBuild

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// A folder that lives as long as the test that made it.
final class TemporaryFolder: Sendable {
  let path: FilePath

  init() throws {
    let base = FilePath(FileManager.default.temporaryDirectory.path)
    path = base.appending("hotreload-build-\(UUID().uuidString)")
    try FileContents.createFolder(path)
  }

  deinit { try? FileManager.default.removeItem(atPath: path.string) }

  /// Writes a file below the folder and returns its path.
  @discardableResult
  func write(_ text: String, to name: String) throws -> FilePath {
    let file = path.appending(name)
    try FileContents.write(Array(text.utf8), to: file)
    return file
  }

  func names() throws -> [String] {
    try FileManager.default.subpathsOfDirectory(atPath: path.string)
  }
}
