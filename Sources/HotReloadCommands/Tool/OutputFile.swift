import HotReloadBuild
import SystemPackage

/// Files that a command makes.
enum OutputFile {
  /// Replaces the file in one step: readers see the old content or the new, never a part. Makes the folders above it.
  static func write(_ bytes: [UInt8], to path: FilePath) throws(CommandFailure) {
    try CommandFailure.building { () throws(BuildFailure) in
      try FileContents.replace(path, with: bytes)
    }
  }

  /// Writes unless the file has this very content.
  static func writeIfChanged(_ bytes: [UInt8], to path: FilePath) throws(CommandFailure) {
    if try InputFile.readIfPresent(path) != bytes { try write(bytes, to: path) }
  }

  /// Removes a file; one that is not there is no error.
  static func remove(_ path: FilePath) { FileContents.remove(path) }
}
