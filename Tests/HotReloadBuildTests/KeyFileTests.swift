import SystemPackage
import Testing

@testable import HotReloadBuild

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

struct KeyFileTests {
  @Test func `a key is made once, for its owner only`() throws {
    let folder = try TemporaryFolder()
    let file = folder.path.appending("deep/key")
    let key = try KeyFile.readOrCreate(file)
    #expect(key.count == 32)
    #expect(Set(key).count > 1)
    #expect(try KeyFile.readOrCreate(file) == key)
    #expect(try KeyFile.read(file) == key)
    let attributes = try FileManager.default.attributesOfItem(atPath: file.string)
    #expect(attributes[.posixPermissions] as? Int == 0o600)
    #expect(try folder.names().sorted() == ["deep", "deep/key"])
  }

  @Test func `two folders, two keys`() throws {
    let first = try TemporaryFolder()
    let second = try TemporaryFolder()
    #expect(
      try KeyFile.readOrCreate(first.path.appending("key"))
        != KeyFile.readOrCreate(second.path.appending("key")))
  }

  @Test func `a key that was deleted is missed with advice`() throws {
    let folder = try TemporaryFolder()
    let failure = #expect(throws: BuildFailure.self) {
      try KeyFile.read(folder.path.appending("key"))
    }
    #expect(failure?.code == .badKeyFile)
    #expect(failure?.hint?.contains("hotreload build --prepare") == true)
  }

  @Test func `a file of another size is no key`() throws {
    let folder = try TemporaryFolder()
    let file = try folder.write("short", to: "key")
    let failure = #expect(throws: BuildFailure.self) { try KeyFile.readOrCreate(file) }
    #expect(failure?.code == .badKeyFile)
  }

  @Test func `a folder is no key`() throws {
    let folder = try TemporaryFolder()
    let file = folder.path.appending("key")
    try FileContents.createFolder(file)
    let failure = #expect(throws: BuildFailure.self) { try KeyFile.readOrCreate(file) }
    #expect(failure?.message == "cannot read \(file): it is a folder")
  }

  @Test func `a rotated key is another one, private, and the only one`() async throws {
    let project = try SampleProject()
    let file = FilePath(project.plan.keyFile)
    let old = try KeyFile.readOrCreate(file)
    let folder = file.removingLastComponent().string
    let before = try FileManager.default.contentsOfDirectory(atPath: folder)
    try await KeyFile.rotate(for: project.plan)
    let new = try KeyFile.read(file)
    #expect(new != old)
    #expect(try file.stat().permissions == .ownerReadWrite)
    let after = try FileManager.default.contentsOfDirectory(atPath: folder)
    #expect(Set(after).subtracting(before) == ["hotreload"], "the lock's folder, no copy")
  }

  @Test func `a copy of a new key that a killed process left goes with the next run`() throws {
    let folder = try TemporaryFolder()
    let file = folder.path.appending("key")
    let name = "key.\(StaleTemporariesTests.gone).tmp"
    let others = ["other.\(StaleTemporariesTests.gone).tmp", "key.tmp"]
    for name in [name] + others { try folder.write("secret", to: name) }
    _ = try KeyFile.readOrCreate(file)
    #expect(try folder.names().sorted() == (others + ["key"]).sorted())
  }

  @Test func `a rotation that is killed half-way leaves the old key or the new one`() async throws {
    let project = try SampleProject()
    let file = FilePath(project.plan.keyFile)
    let old = try KeyFile.readOrCreate(file)
    // Where it was killed before the last step.
    let copy = FilePath("\(file).\(StaleTemporariesTests.gone).tmp")
    try FileContents.write([1, 2, 3], to: copy)
    #expect(try KeyFile.readOrCreate(file) == old)
    #expect(FileStatus(copy) == nil)
  }
}
