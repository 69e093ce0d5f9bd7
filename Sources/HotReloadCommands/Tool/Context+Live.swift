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
  static func live() -> Context {
    let environment = ProcessInfo.processInfo.environment
    return Context(
      terminal: .live(environment: environment), environment: environment,
      currentFolder: FilePath(FileManager.default.currentDirectoryPath))
  }
}
