import Subprocess
import SystemPackage

/// Asks programs for their version.
enum ProgramVersion {
  /// The first line of `program --version`, nil if it does not say.
  static func ask(_ path: FilePath) async -> String? {
    var options = PlatformOptions()
    options.teardownSequence = [.send(signal: .terminate, allowedDurationToNextStep: .seconds(1))]
    let result = try? await Subprocess.run(
      .path(path), arguments: ["--version"], platformOptions: options,
      output: .string(limit: 64 << 10), error: .combinedWithOutput)
    let text: String? = result?.standardOutput
    return text?.split(whereSeparator: \.isNewline).first.map(String.init)
  }
}
