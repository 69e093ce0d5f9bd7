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
}
