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
  ///
  /// - Parameter interruption: ends the command when standard output cannot be written.
  static func live(environment: [String: String], _ interruption: Interruption) -> Terminal {
    let isPlain = ["NO_COLOR", "CI"].contains { environment[$0]?.isEmpty == false }
    var terminal = Terminal(
      isInteractive: !isPlain && environment["TERM"] != "dumb"
        && isatty(FileDescriptor.standardError.rawValue) == 1,
      writeOutput: { interruption.write($0, to: .standardOutput) },
      // What is said there is not the result, and there is nowhere else to say that nobody hears it.
      writeError: { _ = try? FileDescriptor.standardError.writeAll($0) })
    terminal.width = width(environment)
    terminal.isOutputClosed = {
      var descriptor = pollfd(fd: FileDescriptor.standardOutput.rawValue, events: 0, revents: 0)
      // Safety: one structure, ours; a timeout of 0 only looks.
      return unsafe poll(&descriptor, 1, 0) == 1 && Int32(descriptor.revents) & POLLERR != 0
    }
    return terminal
  }

  /// `COLUMNS` as shells set it, else what the terminal says (`TIOCGWINSZ`).
  private static func width(_ environment: [String: String]) -> Int? {
    guard isatty(FileDescriptor.standardOutput.rawValue) == 1 else { return nil }
    if let columns = environment["COLUMNS"].flatMap({ Int($0) }), columns > 0 { return columns }
    var size = winsize()
    // Safety: the request writes one structure, ours.
    guard
      unsafe ioctl(FileDescriptor.standardOutput.rawValue, UInt(TIOCGWINSZ), &size) == 0,
      size.ws_col > 0
    else { return nil }
    return Int(size.ws_col)
  }
}
