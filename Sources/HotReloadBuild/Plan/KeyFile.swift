import Crypto
import SystemPackage

/// The upload key of a build folder: 32 random bytes in a file that only its owner reads. Made once, then
/// compiled into every firmware of the folder and used by every upload, until it is rotated.
public enum KeyFile {
  /// Bytes of a key: that of HMAC-SHA256 (RFC 2104, section 3).
  public static let size = 32

  /// The key.
  ///
  /// - Throws: `fileSystem`; `badKeyFile` unless it is there and has 32 bytes.
  public static func read(_ path: FilePath) throws(BuildFailure) -> [UInt8] {
    guard FileStatus(path) != nil else {
      throw BuildFailure(
        .other, .badKeyFile, "there is no upload key at \(path)",
        hint: "put it back; or make a new one (hotreload build --prepare), rebuild the firmware "
          + "and flash it")
    }
    let key = try FileContents.read(path)
    guard key.count == size else {
      throw BuildFailure(
        .other, .badKeyFile, "\(path) has \(key.count) bytes, a key has \(size)",
        hint: "remove it, rebuild the firmware and flash it: a new key is made")
    }
    return key
  }

  /// The key; makes one if there is no file. Of two processes that do so at once, both get the same.
  ///
  /// - Throws: as `read`.
  public static func readOrCreate(_ path: FilePath) throws(BuildFailure) -> [UInt8] {
    // A copy of a new key that was about to get its name when its process was killed.
    StaleTemporaries.remove(of: path)
    if FileStatus(path) == nil {
      try FileContents.create(path, permissions: .ownerReadWrite) { _ = try $0.writeAll(random()) }
    }
    return try read(path)
  }

  /// Makes a new key for the plan's build folder, in one step, in place of the one that is there. Waits for a build that
  /// is under way; the next one compiles the new key into the firmware.
  ///
  /// The old key is not kept: a device that has it takes nothing more from this folder until it is flashed, nor would
  /// it with the old key once the firmware is rebuilt, because modules fit one firmware only.
  ///
  /// - Throws: `fileSystem`, and then the old key is still there; `cancelled`.
  public static func rotate(for plan: BuildPlan) async throws(BuildFailure) {
    let path = FilePath(plan.keyFile)
    try await FileLock.holding(plan.output.lock) { () async throws(BuildFailure) in
      try FileContents.replace(path, with: random(), permissions: .ownerReadWrite)
    }
  }

  private static func random() -> [UInt8] {
    // Safety: the buffer is read within its bounds.
    unsafe SymmetricKey(size: .bits256).withUnsafeBytes { unsafe [UInt8]($0) }
  }
}
