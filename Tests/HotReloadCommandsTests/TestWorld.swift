import Synchronization
import SystemPackage
import Testing

@testable import HotReloadCommands

#if canImport(Darwin)
  import Darwin
#elseif canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// A folder, an environment and a terminal for one test.
final class TestWorld: Sendable {
  /// The current folder; everything below it goes at the end of the test.
  let folder: FilePath
  private let output = Mutex<[UInt8]>([])
  private let errors = Mutex<[UInt8]>([])
  private let waiting = Mutex<[(text: String, resume: @Sendable () -> Void)]>([])

  init() throws {
    var template = Array("/tmp/hotreload-test-XXXXXX".utf8CString)
    // Safety: the template is NUL-terminated and ours; mkdtemp(3) overwrites it in place.
    let created = unsafe template.withUnsafeMutableBufferPointer { buffer -> FilePath? in
      guard let base = buffer.baseAddress, let name = unsafe mkdtemp(base) else { return nil }
      return unsafe FilePath(platformString: name)
    }
    folder = try #require(created)
  }

  deinit { Self.remove(folder) }

  var standardOutput: String { output.withLock { String(decoding: $0, as: UTF8.self) } }
  var standardError: String { errors.withLock { String(decoding: $0, as: UTF8.self) } }

  func context(
    environment: [String: String] = [:], isInteractive: Bool = false, in folder: FilePath? = nil
  ) -> Context {
    Context(
      terminal: Terminal(
        isInteractive: isInteractive,
        writeOutput: { [weak self] bytes in
          self?.output.withLock { $0 += bytes }
          self?.wake()
        },
        writeError: { [weak self] bytes in
          self?.errors.withLock { $0 += bytes }
          self?.wake()
        }),
      environment: environment, currentFolder: folder ?? self.folder)
  }

  /// Runs one command line.
  func run(_ arguments: [String], environment: [String: String] = [:]) async -> ToolExit {
    await HotReloadTool.run(arguments, in: context(environment: environment))
  }

  /// Returns once `text` was written to either stream.
  func output(contains text: String) async {
    await withCheckedContinuation { continuation in
      waiting.withLock { $0.append((text, { continuation.resume() })) }
      wake()
    }
  }

  private func wake() {
    let all = standardOutput + standardError
    let ready = waiting.withLock { waiting in
      let ready = waiting.filter { all.contains($0.text) }
      waiting.removeAll { all.contains($0.text) }
      return ready
    }
    for waiter in ready { waiter.resume() }
  }

  func path(_ name: String) -> FilePath { folder.pushing(FilePath(name)) }

  @discardableResult
  func write(
    _ text: String, to name: String, permissions: FilePermissions = .ownerReadWrite
  ) throws -> FilePath {
    try write(Array(text.utf8), to: name, permissions: permissions)
  }

  /// Writes a file and the folders above it.
  @discardableResult
  func write(
    _ bytes: [UInt8], to name: String, permissions: FilePermissions = .ownerReadWrite
  ) throws -> FilePath {
    let path = path(name)
    makeFolder(path.removingLastComponent())
    let file = try FileDescriptor.open(
      path, .writeOnly, options: [.create, .truncate], permissions: permissions)
    try file.closeAfter { _ = try file.writeAll(bytes) }
    return path
  }

  func makeFolder(_ path: FilePath) {
    guard !InputFile.exists(path) else { return }
    makeFolder(path.removingLastComponent())
    // Safety: the string is NUL-terminated for the duration of the call.
    _ = unsafe path.withPlatformString { unsafe mkdir($0, 0o755) }
  }

  private static func remove(_ path: FilePath) {
    var isFolder = false
    // Safety: strings are NUL-terminated; readdir's entry is used before the next call.
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
