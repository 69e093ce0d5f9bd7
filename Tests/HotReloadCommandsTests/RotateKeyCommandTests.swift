import SystemPackage
import Testing

@testable import HotReloadCommands

@Suite struct RotateKeyCommandTests {
  private let world: TestWorld
  private var key: FilePath { world.path("build/hotreload.key") }

  init() throws {
    world = try TestWorld()
    try world.writePlan()
    try world.write([UInt8](repeating: 7, count: 32), to: "build/hotreload.key")
  }

  @Test func makesANewKeyAndSaysWhatToDo() async throws {
    #expect(await world.run(["rotate-key"]) == .success, "\(world.standardError)")
    let bytes = try InputFile.read(key)
    #expect(bytes.count == 32)
    #expect(Set(bytes).count > 1)
    #expect(try key.stat().permissions == .ownerReadWrite)
    #expect(world.standardOutput == "\(key) is a new key\n")
    #expect(
      world.standardError
        == "now rebuild the firmware, and flash it: ninja -C \(key.removingLastComponent())\n")
  }

  @Test func makesOneWhereThereIsNone() async throws {
    OutputFile.remove(key)
    #expect(await world.run(["rotate-key"]) == .success, "\(world.standardError)")
    #expect(try InputFile.read(key).count == 32)
  }

  @Test func aKeyFromElsewhereIsNotThisOnesBusiness() async throws {
    let environment = ["HOTRELOAD_KEY_FILE": world.path("team.key").string]
    #expect(await world.run(["rotate-key"], environment: environment) == .usage)
    #expect(world.standardError.contains("HOTRELOAD_KEY_FILE"), "\(world.standardError)")
    #expect(try InputFile.read(key) == [UInt8](repeating: 7, count: 32))
  }

  @Test func aFolderInItsPlaceStays() async throws {
    OutputFile.remove(key)
    world.makeFolder(key)
    #expect(await world.run(["rotate-key"]) == .failure)
    #expect(world.standardError.contains("cannot write \(key): it is a folder"))
    #expect(InputFile.exists(key))
  }
}
