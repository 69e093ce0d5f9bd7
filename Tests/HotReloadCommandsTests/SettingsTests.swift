import HotReloadBuild
import HotReloadClient
import SystemPackage
import Testing

@testable import HotReloadCommands

@Suite struct SettingsTests {
  private let world: TestWorld

  init() throws { world = try TestWorld() }

  struct Source: OptionSet, Sendable, CustomTestStringConvertible {
    let rawValue: Int
    static let flag = Source(rawValue: 1)
    static let environment = Source(rawValue: 2)
    static let file = Source(rawValue: 4)
    static let plan = Source(rawValue: 8)
    var testDescription: String {
      ["flag", "environment", "file", "plan"].enumerated()
        .filter { rawValue >> $0.offset & 1 == 1 }.map(\.element).joined(separator: "+")
    }
  }

  @Test(arguments: (1..<16).map(Source.init(rawValue:)))
  func theStrongestSourceOfTheURLWins(sources: Source) throws {
    if sources.contains(.file) {
      try world.write("url = \"http://file\"\n", to: "hotreload.toml")
    }
    let plan = try world.writePlan(deviceURL: sources.contains(.plan) ? "http://plan" : nil)
    let settings = try Settings(
      .init(url: sources.contains(.flag) ? "http://flag" : nil),
      in: world.context(
        environment: sources.contains(.environment) ? ["HOTRELOAD_URL": "http://environment"] : [:])
    )
    let url = try settings.url(plan)
    let expected: (String, SettingOrigin) =
      sources.contains(.flag)
      ? ("flag", .flag("--url"))
      : sources.contains(.environment)
        ? ("environment", .environment("HOTRELOAD_URL"))
        : sources.contains(.file)
          ? ("file", .file(world.path("hotreload.toml")))
          : ("plan", .plan(world.path("build/hotreload-plan.json")))
    #expect(url.value.host == expected.0)
    #expect(url.origin == expected.1)
  }

  @Test func withoutAURLTheHintNamesTheWays() throws {
    let settings = try Settings(.init(), in: world.context())
    let error = #expect(throws: CommandFailure.self) { try settings.url(nil) }
    #expect(error?.exit == .usage)
    #expect(error?.hint?.contains("HOTRELOAD_URL") == true)
  }

  @Test func anEmptyVariableIsNone() throws {
    try world.write("url = \"http://file\"\n", to: "hotreload.toml")
    let settings = try Settings(.init(), in: world.context(environment: ["HOTRELOAD_URL": ""]))
    #expect(try settings.url(nil).value.host == "file")
  }

  @Test func aBadURLSaysWhereItCameFrom() throws {
    try world.write("url = \"https://file\"\n", to: "hotreload.toml")
    let settings = try Settings(.init(), in: world.context())
    let error = #expect(throws: CommandFailure.self) { try settings.url(nil) }
    #expect(error?.message.contains("hotreload.toml") == true, "\(error?.message ?? "")")
    #expect(error?.exit == .usage)
  }

  @Test func thePlanIsFoundFromADeeperFolder() throws {
    try world.writePlan()
    world.makeFolder(world.path("src/deep"))
    let settings = try Settings(.init(), in: world.context(in: world.path("src/deep")))
    #expect(
      settings.planPath()
        == Setting(value: world.path("build/hotreload-plan.json"), origin: .search))
    #expect(try settings.plan().value.chip == "qemu-riscv32")
  }

  @Test func planFlagsAndVariablesAreRelativeToTheCurrentFolder() throws {
    let context = world.context(environment: ["HOTRELOAD_PLAN": "b/plan.json"])
    #expect(
      try Settings(.init(), in: context).planPath()
        == Setting(value: world.path("b/plan.json"), origin: .environment("HOTRELOAD_PLAN")))
    #expect(
      try Settings(.init(plan: "../x.json"), in: context).planPath()
        == Setting(
          value: world.folder.removingLastComponent().appending("x.json"), origin: .flag("--plan")))
  }

  @Test func pathsInTheFileAreRelativeToIt() throws {
    try world.write(
      "plan = \"out/hotreload-plan.json\"\nkey_file = \"keys/a\"\nboards = [\"my boards\"]\n",
      to: "hotreload.toml")
    world.makeFolder(world.path("src"))
    let settings = try Settings(.init(), in: world.context(in: world.path("src")))
    let file = SettingOrigin.file(world.path("hotreload.toml"))
    #expect(
      settings.planPath() == Setting(value: world.path("out/hotreload-plan.json"), origin: file))
    let plan = try world.writePlan()
    #expect(settings.keyFile(plan) == Setting(value: world.path("keys/a"), origin: file))
    #expect(
      settings.boardFolders().prefix(3) == [
        world.path("my boards"), world.path("src/Boards"), world.path("Boards"),
      ])
  }

  @Test func theKeyFileIsThePlansUnlessSomebodySaysOtherwise() throws {
    let plan = try world.writePlan()
    #expect(
      try Settings(.init(), in: world.context()).keyFile(plan).value
        == world.path("build/hotreload.key"))
    let context = world.context(environment: ["HOTRELOAD_KEY_FILE": "k"])
    #expect(
      try Settings(.init(), in: context).keyFile(plan)
        == Setting(value: world.path("k"), origin: .environment("HOTRELOAD_KEY_FILE")))
  }

  @Test(arguments: [
    ("url = 5\n", "'url' must be a string"), ("ulr = \"x\"\n", "'ulr' is no setting"),
    ("url = \n", "hotreload.toml:1:"), ("boards = \"x\"\n", "'boards' must be an array"),
    ("boards = [1]\n", "'boards' must be an array"),
  ])
  func aBadFileIsNamed(text: String, problem: String) throws {
    try world.write(text, to: "hotreload.toml")
    let error = #expect(throws: CommandFailure.self) {
      try Settings(.init(), in: world.context())
    }
    #expect(error?.exit == .usage)
    #expect(error?.message.contains(problem) == true, "\(error?.message ?? "")")
  }

  @Test func withoutAPlanTheMessageSaysWhereItWasLookedFor() throws {
    let settings = try Settings(.init(), in: world.context())
    let error = #expect(throws: CommandFailure.self) { try settings.plan() }
    #expect(error?.message.contains("build/hotreload-plan.json") == true)
    #expect(error?.exit == .usage)
  }
}
