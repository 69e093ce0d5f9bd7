#if canImport(Darwin)
  /// Children that do not outlive us.
  enum ParentBound {
    /// The command as it is: the system has no way to bind a child to its parent.
    static func command(_ command: [String]) -> [String] { command }
  }
#endif
