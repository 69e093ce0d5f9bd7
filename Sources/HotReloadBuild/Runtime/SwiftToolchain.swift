import SystemPackage

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// A Swift compiler that has been asked what it is.
struct SwiftToolchain {
  /// The oldest that compiles the runtime.
  private static let minimumVersion = (major: 6, minor: 3)

  /// `swiftc -frontend -print-target-info`.
  private struct TargetInformation: Decodable {
    struct Paths: Decodable { var runtimeResourcePath: String }
    /// `Swift version 6.3.1 (swift-6.3.1-RELEASE)`.
    var compilerVersion: String
    var paths: Paths
  }

  /// - Parameter compiler: swiftc: a path, or a name to look for in PATH.
  /// - Throws: `toolMissing` unless it is a Swift compiler for the runtime, naming what is wrong with it.
  static func check(_ compiler: String) async throws(BuildFailure) {
    let result: ToolProcess.Result
    do throws(BuildFailure) {
      // Not the driver, which would leave an empty folder in TMPDIR.
      result = try await ToolProcess.run([compiler, "-frontend", "-print-target-info"])
    } catch {
      guard error.kind != .cancelled else { throw error }
      throw failure("there is no Swift compiler '\(compiler)'")
    }
    let output = Data(result.output.utf8)
    guard result.succeeded,
      let information = try? JSONDecoder().decode(TargetInformation.self, from: output)
    else { throw failure("'\(compiler)' is no Swift compiler", output: result.output) }
    guard isNewEnough(information.compilerVersion) else {
      throw failure("'\(compiler)' is too old: \(information.compilerVersion)")
    }
    let library = FilePath(information.paths.runtimeResourcePath)
      .appending("embedded").appending("Swift.swiftmodule")
      .appending("riscv32-none-none-eabi.swiftmodule")
    guard FileStatus(library) != nil else {
      throw failure("'\(compiler)' has no Embedded Swift for riscv32: there is no \(library)")
    }
  }

  /// Whether a compiler that introduces itself like this compiles the runtime; one of unknown version may try.
  static func isNewEnough(_ introduction: String) -> Bool {
    guard let version = introduction.firstMatch(of: /version (\d+)\.(\d+)/),
      let major = Int(version.1), let minor = Int(version.2)
    else { return true }
    return (major, minor) >= minimumVersion
  }

  private static func failure(_ message: String, output: String? = nil) -> BuildFailure {
    BuildFailure(
      .other, .toolMissing, message,
      hint:
        "install Swift \(minimumVersion.major).\(minimumVersion.minor) or newer from swift.org; or take a "
        + "release of hotreload: it brings the runtime compiled, in lib/",
      output: output)
  }
}
