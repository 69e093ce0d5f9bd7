import SystemPackage

/// One file that changed: written, created, deleted, moved here or away.
public struct FileChange: Hashable, Sendable {
  /// A listed file as it was listed; for others folder and name.
  public var path: FilePath
  /// Whether it was asked for by name. Others lie in the folder of a listed file.
  public var isListed: Bool
  /// Whether whoever changed it is known to be done with it: it was closed, or moved here.
  public var isComplete: Bool

  /// A change of one file.
  public init(path: FilePath, isListed: Bool, isComplete: Bool = false) {
    self.path = path
    self.isListed = isListed
    self.isComplete = isComplete
  }
}
