import SystemPackage
import Testing

@testable import HotReloadCommands

/// `components/hotreload/idf_component.yml`, which the registry of ESP-IDF components reads.
@Suite struct ComponentManifestTests {
  @Test func itHasTheVersionOfTheTool() throws {
    #expect(try value(of: "version") == "\"\(HotReloadTool.version)\"")
  }

  /// What the registry asks for, and what a component is found by.
  @Test(arguments: ["description", "license", "tags", "targets", "dependencies"])
  func itSays(key: String) throws {
    #expect(try lines().contains { $0.hasPrefix("\(key):") }, "no '\(key)'")
  }

  @Test func itsTargetsAreTheChipsThatTheLoaderKnows() throws {
    let lines = try lines()
    let start = try #require(lines.firstIndex(of: "targets:")) + 1
    let targets = lines[start...].prefix { $0.hasPrefix("  - ") }.map { String($0.dropFirst(4)) }
    let chips = ChipName.all.filter { $0.hasPrefix("esp32") }
    #expect(Set(targets) == Set(chips))
    #expect(targets.count == chips.count)
  }

  private func value(of key: String) throws -> String? {
    try lines().first { $0.hasPrefix("\(key): ") }.map { String($0.dropFirst(key.count + 2)) }
  }

  private func lines() throws -> [String] {
    let root = FilePath("\(#filePath)").removingLastComponent().removingLastComponent()
      .removingLastComponent()
    let path = root.pushing("components/hotreload/idf_component.yml")
    return String(decoding: try InputFile.read(path), as: UTF8.self)
      .split(separator: "\n").map(String.init)
  }
}
