import Crypto
import SystemPackage

#if canImport(Darwin)
  import Darwin
#elseif canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// The upload key of a build folder: 32 random bytes in a file that only its owner reads. Made once, then
/// compiled into every firmware of the folder and used by every upload.
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
    if FileStatus(path) == nil { try create(path) }
    return try read(path)
  }

  private static func create(_ path: FilePath) throws(BuildFailure) {
    // Safety: the buffer is read within its bounds.
    let key = unsafe SymmetricKey(size: .bits256).withUnsafeBytes { unsafe [UInt8]($0) }
    let temporary = FileContents.temporaryPath(for: path)
    try FileContents.write(key, to: temporary, permissions: .ownerReadWrite)
    defer { FileContents.remove(temporary) }
    // Unlike a rename, a link never replaces a key that another process has just made.
    // Safety: both strings are NUL-terminated for the duration of the call.
    let result = unsafe temporary.withPlatformString { temporary in
      unsafe path.withPlatformString { path in unsafe link(temporary, path) }
    }
    guard result == 0 || errno == EEXIST else {
      throw FileContents.failure("cannot write", path, Errno(rawValue: errno))
    }
  }
}
