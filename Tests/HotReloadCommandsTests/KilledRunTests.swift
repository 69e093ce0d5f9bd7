import HotReloadBuild
import SystemPackage
import Testing

@testable import HotReloadCommands

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// What a `hotreload run` leaves behind that was killed.
@Suite struct KilledRunTests {
  /// No system gives a process this number.
  private static let gone = Int32.max

  private let world: TestWorld

  init() throws { world = try TestWorld() }

  @Test func temporaryFoldersOfKilledCommandsGoWithTheNext() throws {
    for name in [
      "hotreload-\(Self.gone)-abcdef/flash.bin", "hotreload-1-abcdef/flash.bin",
      "hotreload-0-abcdef/mine", "hotreload-test-abcdef/mine", "other-\(Self.gone)-abcdef/mine",
      "hotreload-\(Self.gone)/mine", "hotreload--\(Self.gone)-abcdef/mine",
    ] { try world.write("x", to: name) }
    let folder = try TemporaryFolder(
      in: world.context(environment: ["TMPDIR": world.folder.string]))
    folder.remove()
    let names = try FileManager.default.contentsOfDirectory(atPath: world.folder.string).sorted()
    #expect(
      names == [
        "hotreload--\(Self.gone)-abcdef", "hotreload-0-abcdef", "hotreload-1-abcdef",
        "hotreload-\(Self.gone)", "hotreload-test-abcdef", "other-\(Self.gone)-abcdef",
      ])
  }

  @Test func aFlashThatWasHalfMadeIsMadeAgain() throws {
    try world.write("half", to: "flash.bin.\(Self.gone).tmp")
    let path = world.path("flash.bin")
    try FileContents.create(path, permissions: .ownerReadWrite) { _ = try $0.writeAll([1]) }
    let names = try FileManager.default.contentsOfDirectory(atPath: world.folder.string)
    #expect(names == ["flash.bin"])
  }
}
