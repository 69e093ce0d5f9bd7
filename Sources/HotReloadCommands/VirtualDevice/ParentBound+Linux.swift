#if os(Linux)
  import Glibc

  /// Children that do not outlive us.
  enum ParentBound {
    /// util-linux's setpriv(1): prctl(PR_SET_PDEATHSIG), then exec. The signal comes when the thread that
    /// started the child ends: Subprocess's lives as long as the process.
    private static let setpriv = "/usr/bin/setpriv"

    /// The command, killed by the kernel when this process ends in whatever way. Without setpriv: as it is.
    static func command(_ command: [String]) -> [String] {
      // Safety: a literal is NUL-terminated.
      guard unsafe access(setpriv, X_OK) == 0 else { return command }
      return [setpriv, "--pdeathsig", "KILL", "--"] + command
    }
  }
#endif
