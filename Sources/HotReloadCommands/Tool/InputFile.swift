import SystemPackage

/// Files that a command was pointed to.
enum InputFile {
  /// The whole file; `limit` keeps a wrong argument from filling the memory.
  static func read(
    _ path: FilePath, limit: Int = 256 << 20
  ) throws(CommandFailure) -> [UInt8] {
    do {
      let file = try FileDescriptor.open(path, .readOnly, options: .closeOnExec)
      return try file.closeAfter {
        var bytes: [UInt8] = []
        while true {
          var chunk = [UInt8](repeating: 0, count: 64 << 10)
          // Safety: read(2) writes at most the buffer's count.
          let count = try unsafe chunk.withUnsafeMutableBytes { try unsafe file.read(into: $0) }
          if count == 0 { return bytes }
          bytes += chunk[..<count]
          if bytes.count > limit { throw Errno.fileTooLarge }
        }
      }
    } catch {
      throw CommandFailure(.failure, "\(path) cannot be read: \(error)")
    }
  }

  /// Nil where there is no such file.
  static func readIfPresent(_ path: FilePath) throws(CommandFailure) -> [UInt8]? {
    exists(path) ? try read(path) : nil
  }

  static func exists(_ path: FilePath) -> Bool { (try? path.stat()) != nil }
}
