import SystemPackage
import Testing

@testable import HotReloadBuild

#if canImport(Darwin)
  import Darwin
#elseif canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// Files that cannot be written: what was there stays, nothing is left behind, and the message names the file.
struct FileFaultTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  @Test func `a folder in the place of the file`() throws {
    let path = folder.path.appending("file")
    try FileContents.createFolder(path)
    let failure = #expect(throws: BuildFailure.self) { try FileContents.write([1], to: path) }
    #expect(failure?.message == "cannot write \(path): it is a folder")
    #expect(try folder.names() == ["file"])
  }

  @Test func `a device in the place of the file`() {
    let failure = #expect(throws: BuildFailure.self) {
      try FileContents.write([1], to: "/dev/null")
    }
    #expect(failure?.message == "cannot write /dev/null: it is no regular file")
  }

  @Test func `a file in the place of the folder`() throws {
    let file = try folder.write("old", to: "file")
    let failure = #expect(throws: BuildFailure.self) {
      try FileContents.write([1], to: file.appending("deep"))
    }
    #expect(failure?.message.hasPrefix("cannot write \(file.appending("deep")): ") == true)
    #expect(try FileContents.read(file) == Array("old".utf8))
  }

  @Test(.enabled(if: geteuid() != 0, "root may write everywhere"))
  func `a folder that is somebody else's`() throws {
    let file = try folder.write("old", to: "locked/file")
    let locked = file.removingLastComponent()
    let mode = try locked.stat().permissions
    // Safety: the string is NUL-terminated for the duration of the call.
    _ = unsafe locked.withPlatformString { unsafe chmod($0, 0o500) }
    defer { _ = unsafe locked.withPlatformString { unsafe chmod($0, mode.rawValue) } }
    let failure = #expect(throws: BuildFailure.self) { try FileContents.write([1], to: file) }
    #expect(failure?.message == "cannot write \(file): Permission denied")
    #expect(failure?.hint?.contains("belong to somebody else") == true)
    #expect(try FileContents.read(file) == Array("old".utf8))
  }

  @Test(arguments: [Errno.noSpace, .fileTooLarge, .permissionDenied])
  func `a fill that fails leaves nothing`(error: Errno) throws {
    let path = folder.path.appending("file")
    let failure = #expect(throws: BuildFailure.self) {
      try FileContents.create(path, permissions: .ownerReadWrite) { file in
        _ = try file.writeAll([1, 2, 3])
        throw error
      }
    }
    #expect(failure?.message == "cannot write \(path): \(error)")
    #expect(failure?.hint != nil)
    #expect(try folder.names() == [])
  }

  @Test func `what is created is not replaced`() throws {
    let path = try folder.write("first", to: "file")
    try FileContents.create(path, permissions: .ownerReadWrite) { _ = try $0.writeAll([2]) }
    #expect(try FileContents.read(path) == Array("first".utf8))
    #expect(try folder.names() == ["file"])
  }

  @Test func `a new file never takes over what lies at its temporary name`() throws {
    let path = folder.path.appending("secret")
    let temporary = FileContents.temporaryPath(for: path)
    let victim = try folder.write("victim", to: "victim")
    // Safety: both strings are NUL-terminated for the duration of the call.
    _ = unsafe victim.withPlatformString { victim in
      unsafe temporary.withPlatformString { unsafe symlink(victim, $0) }
    }
    try FileContents.write([1], to: path, permissions: .ownerReadWrite)
    #expect(try FileContents.read(victim) == Array("victim".utf8))
    #expect(try path.stat().permissions == .ownerReadWrite)
  }
}
