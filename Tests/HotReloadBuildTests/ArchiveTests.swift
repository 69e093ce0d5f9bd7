import HotReloadELF
import SystemPackage
import TestImages
import Testing

@testable import HotReloadBuild

struct ArchiveTests {
  private static func object() throws -> [UInt8] { try Fixture.bytes("module.o") }

  @Test func `linkers find its symbols, and nothing in it depends on its maker`() async throws {
    let members = [
      Archive.Member(name: "module.o", bytes: try Self.object()),
      Archive.Member(name: "odd.o", bytes: try Self.object() + [0]),
    ]
    let bytes = try Archive(members: members).encoded()
    let folder = try TemporaryFolder()
    let path = folder.path.appending("libtest.a")
    try FileContents.write(bytes, to: path)
    let listed = try await ToolProcess.run([Toolchain.archiver, "tv", path.string])
    #expect(listed.succeeded, "\(listed.output)")
    #expect(listed.output.contains("1970") && listed.output.contains("rw-r--r-- 0/0"))
    let index = try await ToolProcess.run([Toolchain.nm, "--print-armap", path.string])
    #expect(index.output.contains("run in module.o"), "\(index.output)")

    let read = try Archive(bytes, path: "libtest.a")
    #expect(read.members.map(\.name) == ["module.o/", "odd.o/"])
    #expect(read.members.map(\.bytes) == members.map(\.bytes))
  }

  @Test func `an archive that GNU ar would write is read`() async throws {
    let folder = try TemporaryFolder()
    let object = folder.path.appending("a_rather_long_name_of_an_object.o")
    try FileContents.write(Self.object(), to: object)
    let path = folder.path.appending("libtest.a")
    try await Toolchain.run([Toolchain.archiver, "rcs", "--format=gnu", path.string, object.string])
    let archive = try Archive(FileContents.read(path), path: path.string)
    #expect(archive.members.map(\.bytes) == [try Self.object()])
  }

  @Test func `damaged archives are refused`() throws {
    let bytes = try Archive(members: [.init(name: "m.o", bytes: Self.object())]).encoded()
    // Every cut but those between two members.
    for count in [0, 7, 9, 67, 100, bytes.count - 1] {
      let failure = #expect(throws: BuildFailure.self, "\(count)") {
        try Archive(Array(bytes[..<count]), path: "lib.a")
      }
      #expect(failure?.code == .malformedArchive)
    }
    // Sizes beyond the file, negative ones, and no numbers.
    for size in ["9999999999", "-1        ", "x         ", "          "] {
      var damaged = bytes
      damaged.replaceSubrange(8 + 48..<8 + 58, with: Array(size.utf8))
      #expect(throws: BuildFailure.self, "\(size)") { try Archive(damaged, path: "lib.a") }
    }
  }

  @Test func `a member that is no object file is not archived`() {
    let archive = Archive(members: [.init(name: "text.o", bytes: Array("hello".utf8))])
    let failure = #expect(throws: BuildFailure.self) { try archive.encoded() }
    #expect(failure?.code == .malformedELF)
  }
}
