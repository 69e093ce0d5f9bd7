import HotReloadBuild
import SystemPackage

/// Files that a command was pointed to.
enum InputFile {
  /// The whole file; what is no regular file of at most 256 MiB is refused.
  static func read(_ path: FilePath) throws(CommandFailure) -> [UInt8] {
    try CommandFailure.building { () throws(BuildFailure) in try FileContents.read(path) }
  }

  /// Nil where there is no such file.
  static func readIfPresent(_ path: FilePath) throws(CommandFailure) -> [UInt8]? {
    exists(path) ? try read(path) : nil
  }

  static func exists(_ path: FilePath) -> Bool { (try? path.stat()) != nil }
}
