import SystemPackage

#if canImport(Darwin)
  import Darwin
#elseif canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// A private folder for the time of a command.
struct TemporaryFolder: Sendable {
  let path: FilePath

  /// Below `TMPDIR`, or /tmp.
  init(in context: Context) throws(CommandFailure) {
    let parent = context.environment["TMPDIR"].flatMap { $0.isEmpty ? nil : $0 } ?? "/tmp"
    Self.removeStale(in: parent)
    let name = "\(Self.prefix)\(getpid())-XXXXXX"
    var template = Array(FilePath(parent).appending(name).string.utf8CString)
    // Safety: the template is NUL-terminated and ours; mkdtemp(3) overwrites it in place.
    let made = unsafe template.withUnsafeMutableBufferPointer { buffer -> FilePath? in
      guard let base = buffer.baseAddress, let name = unsafe mkdtemp(base) else { return nil }
      return unsafe FilePath(platformString: name)
    }
    guard let made else {
      throw CommandFailure(
        .failure, "no temporary folder can be made in \(parent): \(Errno(rawValue: errno))")
    }
    path = made
  }

  /// A file in it.
  func file(_ name: String) -> FilePath { path.appending(name) }

  /// Removes the folder with all that is in it. Best effort: there is nobody left to tell.
  func remove() { try? FileManager.default.removeItem(atPath: path.string) }

  private static let prefix = "hotreload-"

  /// Removes what commands left behind that were killed: their processes are gone, the folders have their numbers.
  private static func removeStale(in parent: String) {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: parent)) ?? []
    for name in names where name.hasPrefix(prefix) {
      let parts = name.dropFirst(prefix.count)
        .split(separator: "-", omittingEmptySubsequences: false)
      // Signal 0 only asks (POSIX, kill()).
      guard parts.count == 2, let process = pid_t(parts[0]), process > 0,
        kill(process, 0) != 0, errno == ESRCH
      else { continue }
      try? FileManager.default.removeItem(atPath: FilePath(parent).appending(name).string)
    }
  }
}
