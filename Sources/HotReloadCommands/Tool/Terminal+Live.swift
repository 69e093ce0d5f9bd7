import SystemPackage

#if canImport(Darwin)
  import Darwin
#elseif canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

extension Terminal {
  /// The process's own standard output and standard error.
  static func live(environment: [String: String]) -> Terminal {
    let isPlain = ["NO_COLOR", "CI"].contains { environment[$0]?.isEmpty == false }
    var terminal = Terminal(
      isInteractive: !isPlain && environment["TERM"] != "dumb"
        && isatty(FileDescriptor.standardError.rawValue) == 1,
      // A reader that went away (`hotreload status | head -1`) is no reason to stop.
      writeOutput: { _ = try? FileDescriptor.standardOutput.writeAll($0) },
      writeError: { _ = try? FileDescriptor.standardError.writeAll($0) })
    terminal.isOutputClosed = {
      var descriptor = pollfd(fd: FileDescriptor.standardOutput.rawValue, events: 0, revents: 0)
      // Safety: one structure, ours; a timeout of 0 only looks.
      return unsafe poll(&descriptor, 1, 0) == 1 && Int32(descriptor.revents) & POLLERR != 0
    }
    return terminal
  }
}
