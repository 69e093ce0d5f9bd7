public import SystemPackage

#if canImport(Darwin)
  import Darwin
#elseif canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// What a command knows of the world: tests give it another one.
public struct Context: Sendable {
  public var terminal: Terminal
  public var environment: [String: String]
  /// Absolute.
  public var currentFolder: FilePath
  public var clock: any Clock<Duration>
  /// Which signal asked the tool to end.
  public var interruption: Interruption

  public init(
    terminal: Terminal, environment: [String: String], currentFolder: FilePath,
    clock: any Clock<Duration> = ContinuousClock(), interruption: Interruption = Interruption()
  ) {
    self.terminal = terminal
    self.environment = environment
    self.currentFolder = currentFolder
    self.clock = clock
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

  /// How long `body` takes.
  func measure<Value>(
    _ body: () async throws(CommandFailure) -> Value
  ) async throws(CommandFailure) -> (Value, Duration) {
    let start = ContinuousClock.now
    let value = try await body()
    return (value, ContinuousClock.now - start)
  }
}
