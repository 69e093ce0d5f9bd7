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

extension Context {
  /// The process's own.
  ///
  /// - Parameter interruption: ends the command when standard output cannot be written.
  static func live(_ interruption: Interruption = Interruption()) -> Context {
    let environment = ProcessInfo.processInfo.environment
    return Context(
      terminal: .live(environment: environment, interruption), environment: environment,
      currentFolder: FilePath(FileManager.default.currentDirectoryPath),
      interruption: interruption)
  }
}
