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

/// What builds left behind that were killed before they could clean up.
enum StaleTemporaries {
  /// Removes what `FileContents.temporaryPath(for:)` named, and its process is gone. Best effort: what cannot
  /// be listed or removed stays.
  static func remove(in folder: FilePath) { remove(in: folder) { _ in true } }

  /// Removes those of one file, in a folder that is not only ours.
  static func remove(of path: FilePath) {
    guard let file = path.lastComponent?.string else { return }
    remove(in: path.removingLastComponent()) { $0.hasPrefix("\(file).") }
  }

  private static func remove(in folder: FilePath, where isMeant: (String) -> Bool) {
    let path = folder.isEmpty ? "." : folder.string
    guard let names = try? FileManager.default.contentsOfDirectory(atPath: path) else { return }
    for name in names where isMeant(name) {
      guard let process = process(of: name), isGone(process) else { continue }
      FileContents.remove(folder.appending(name))
    }
  }

  /// The process that made `<file>.<process>.tmp`, or had a compiler make what lies beside it: the list of
  /// dependencies (`.d`), and clang's own temporary file, `<file>.<process>-<random>.tmp.tmp`.
  static func process(of name: String) -> pid_t? {
    var parts = name.split(separator: ".", omittingEmptySubsequences: false)
    if parts.last == "d" { parts.removeLast() }
    guard parts.count >= 3, parts.removeLast() == "tmp" else { return nil }
    var digits = parts[parts.count - 1]
    if digits == "tmp", parts.count >= 3, let dash = parts[parts.count - 2].firstIndex(of: "-") {
      digits = parts[parts.count - 2][..<dash]
    }
    guard digits.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }),
      let process = pid_t(digits), process > 0
    else { return nil }
    return process
  }

  /// Signal 0 only asks (POSIX, kill()). It reaches what has ended, too, until somebody waits for it.
  private static func isGone(_ process: pid_t) -> Bool {
    guard kill(process, 0) == 0 else { return errno == ESRCH }
    return hasEnded(process)
  }

  /// Whether it is a zombie: proc(5) has the state behind the name, which is in parentheses. False where there is no /proc.
  private static func hasEnded(_ process: pid_t) -> Bool {
    guard let status = try? FileContents.read(FilePath("/proc/\(process)/stat")),
      let nameEnd = status.lastIndex(of: UInt8(ascii: ")"))
    else { return false }
    return status[nameEnd...].dropFirst(2).first == UInt8(ascii: "Z")
  }
}
