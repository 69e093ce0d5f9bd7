import SystemPackage

/// What a command knows of the world: tests give it another one.
public struct Context: Sendable {
  /// Where it writes.
  public var terminal: Terminal
  /// Environment variables.
  public var environment: [String: String]
  /// Absolute.
  public var currentFolder: FilePath
  /// Which signal asked the tool to end.
  public var interruption: Interruption

  /// A world of one's own.
  public init(
    terminal: Terminal, environment: [String: String], currentFolder: FilePath,
    interruption: Interruption = Interruption()
  ) {
    self.terminal = terminal
    self.environment = environment
    self.currentFolder = currentFolder
    self.interruption = interruption
  }

  /// `path` as typed, relative to the current folder.
  func resolve(_ path: String) -> FilePath {
    currentFolder.pushing(FilePath(path)).lexicallyNormalized()
  }

  /// The current folder and those above it, the innermost first.
  var foldersUpward: [FilePath] {
    var folders = [currentFolder]
    var folder = currentFolder
    while folder.removeLastComponent() { folders.append(folder) }
    return folders
  }
}
