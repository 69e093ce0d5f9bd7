import SystemPackage
import Testing

#if canImport(Darwin)
  import Darwin
#elseif canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// A folder of its own for a test, gone afterwards.
final class TemporaryFolder: Sendable {
  let path: FilePath

  init() throws {
    var template = Array("/tmp/hotreload-test-XXXXXX".utf8CString)
    // Safety: the template is NUL-terminated and ours; mkdtemp(3) overwrites it in place.
    let created = unsafe template.withUnsafeMutableBufferPointer { buffer -> FilePath? in
      guard let base = buffer.baseAddress, let name = unsafe mkdtemp(base) else { return nil }
      return unsafe FilePath(platformString: name)
    }
    path = try #require(created)
  }

  deinit {
    Self.remove(path)
  }

  func file(_ name: String) -> FilePath { path.appending(name) }

  static func write(_ text: String, to path: FilePath) throws {
    let file = try FileDescriptor.open(
      path, .writeOnly, options: [.create, .truncate], permissions: .ownerReadWrite)
    try file.closeAfter { _ = try file.writeAll(text.utf8) }
  }

  static func append(_ text: String, to path: FilePath) throws {
    let file = try FileDescriptor.open(path, .writeOnly, options: .append)
    try file.closeAfter { _ = try file.writeAll(text.utf8) }
  }

  static func makeFolder(_ path: FilePath) throws {
    try check(unsafe path.withPlatformString { unsafe mkdir($0, 0o755) })
  }

  static func rename(_ from: FilePath, to destination: FilePath) throws {
    try check(
      unsafe from.withPlatformString { old in
        unsafe destination.withPlatformString { new in unsafe Self.renameC(old, new) }
      })
  }

  static func link(_ path: FilePath, to target: FilePath) throws {
    try check(
      unsafe target.withPlatformString { old in
        unsafe path.withPlatformString { new in unsafe symlink(old, new) }
      })
  }

  static func delete(_ path: FilePath) throws {
    try check(unsafe path.withPlatformString { unsafe Self.removeC($0) })
  }

  private static func renameC(
    _ from: UnsafePointer<CChar>, _ to: UnsafePointer<CChar>
  ) -> CInt {
    #if canImport(Darwin)
      unsafe Darwin.rename(from, to)
    #elseif canImport(Glibc)
      unsafe Glibc.rename(from, to)
    #else
      unsafe Musl.rename(from, to)
    #endif
  }

  private static func removeC(_ path: UnsafePointer<CChar>) -> CInt {
    #if canImport(Darwin)
      unsafe Darwin.remove(path)
    #elseif canImport(Glibc)
      unsafe Glibc.remove(path)
    #else
      unsafe Musl.remove(path)
    #endif
  }

  private static func check(_ result: CInt) throws {
    if result != 0 { throw Errno(rawValue: errno) }
  }

  /// Removes a folder with all that is in it.
  static func remove(_ path: FilePath) {
    var isFolder = false
    unsafe path.withPlatformString { name in
      guard let stream = unsafe opendir(name) else { return }
      isFolder = true
      defer { unsafe closedir(stream) }
      while let entry = unsafe readdir(stream) {
        let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) {
          unsafe $0.withMemoryRebound(to: CChar.self, capacity: 256) { unsafe String(cString: $0) }
        }
        if name != ".", name != ".." { remove(path.appending(name)) }
      }
    }
    unsafe path.withPlatformString { name in
      _ = isFolder ? unsafe rmdir(name) : unsafe unlink(name)
    }
  }
}
