import Subprocess
import SystemPackage

/// Asks programs for their version.
enum ProgramVersion {
  /// What `program --version` says, nil if it says nothing.
  static func introduction(_ path: FilePath) async -> String? {
    var options = PlatformOptions()
    options.teardownSequence = [.send(signal: .terminate, allowedDurationToNextStep: .seconds(1))]
    let result = try? await Subprocess.run(
      .path(path), arguments: ["--version"], platformOptions: options,
      output: .string(limit: 64 << 10), error: .combinedWithOutput)
    return result?.standardOutput
  }

  /// The first line of it.
  static func ask(_ path: FilePath) async -> String? {
    await introduction(path)?.split(whereSeparator: \.isNewline).first.map(String.init)
  }
}
