import HotReloadBuild
import HotReloadClient
import Testing

@testable import HotReloadCommands

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// A firmware with two modules: `greeter` in the partition "hotreload", `plugin` in "plugins".
@Suite struct SeveralModulesTests {
  private typealias Outcome = ReloadReport.Module.Outcome

  private let world: TestWorld
  private let plan: BuildPlan
  private let key: UploadKey
  private let size = SampleImage.bytes().count

  private static let greeterID = String(repeating: "a1", count: 32)
  private static let pluginID = String(repeating: "b2", count: 32)

  init() throws {
    world = try TestWorld()
    plan = try world.writePlan(modules: [("greeter", "hotreload"), ("plugin", "plugins")])
    key = try #require(UploadKey(bytes: Array(repeating: 7, count: 32)))
    try world.write(SampleImage.bytes(module: 0xA1), to: "build/hotreload/greeter/module.elf")
    try world.write(SampleImage.bytes(module: 0xB2), to: "build/hotreload/plugin/module.elf")
  }

  private func cycle(_ device: ScriptedDevice) -> ReloadCycle {
    ReloadCycle(
      plan: plan, device: device, key: key, timeout: .seconds(10),
      build: { (_) async throws(BuildFailure) -> BuildReport in
        var report = BuildReport()
        report.steps = [
          BuildStep(.compile, module: "greeter", duration: .milliseconds(28)),
          BuildStep(.link, module: "greeter", duration: .milliseconds(5)),
          BuildStep(.pack, module: "plugin", duration: .milliseconds(1)),
        ]
        return report
      })
  }

  /// A device with both partitions, running modules of these build-IDs.
  private static func status(greeter: String? = nil, plugin: String? = nil) -> DeviceStatus {
    var status = DeviceStatus.sample()
    status.modules = [
      .init(partition: "hotreload", loaded: greeter != nil, id: greeter),
      .init(partition: "plugins", loaded: plugin != nil, id: plugin),
    ]
    return status
  }

  private static let notLoadable = ClientError.refused(
    Refusal(status: 422, error: "not_loadable", detail: "no memory"))

  @Test func everythingIsStoredBeforeAnythingIsWaitedFor() async throws {
    let device = try ScriptedDevice(Self.status())
    let report = try await cycle(device).run()
    #expect(
      device.calls == [
        "prepare", "upload \(size) to hotreload", "upload \(size) to plugins",
        "wait for hotreload", "wait for plugins", "close",
      ])
    #expect(report.modules.map(\.name) == ["greeter", "plugin"])
    #expect(report.modules.map(\.id) == [Self.greeterID, Self.pluginID])
    #expect(report.modules.map(\.outcome) == [.switched, .switched])
  }

  struct Running: Sendable, CustomTestStringConvertible {
    var greeter: String?
    var plugin: String?
    var sent: [String]
    var testDescription: String { "sends \(sent)" }
  }

  @Test(arguments: [
    Running(greeter: greeterID, plugin: pluginID, sent: []),
    Running(greeter: greeterID, plugin: nil, sent: ["plugins"]),
    Running(greeter: greeterID, plugin: greeterID, sent: ["plugins"]),
    Running(greeter: pluginID, plugin: pluginID, sent: ["hotreload"]),
  ])
  func onlyWhatDiffersIsSent(row: Running) async throws {
    let device = try ScriptedDevice(Self.status(greeter: row.greeter, plugin: row.plugin))
    let report = try await cycle(device).run()
    let uploads = row.sent.map { "upload \(size) to \($0)" }
    #expect(device.calls.filter { $0.hasPrefix("upload") } == uploads)
    let switched = report.modules.filter { $0.outcome == .switched }.map(\.partition)
    #expect(switched == row.sent)
    #expect(report.modules.filter { $0.outcome == .unchanged }.count == 2 - row.sent.count)
  }

  @Test func timesAreSaidOfEachModuleAndOfAll() async throws {
    let report = try await cycle(
      try ScriptedDevice(Self.status(greeter: Self.greeterID))
    ).run()
    let (greeter, plugin) = (report.modules[0].timings, report.modules[1].timings)
    #expect(greeter.json == ["compile_ms": 28, "link_ms": 5, "total_ms": 33])
    #expect(Set(plugin.steps.keys) == [.pack, .upload, .wait, .load, .swap])
    #expect(
      Set(report.timings.steps.keys)
        == [.check, .compile, .link, .pack, .ask, .upload, .wait, .load, .swap])
    #expect(report.moduleLines[0] == "greeter a1a1a1a1a1a1 unchanged")
    #expect(report.moduleLines[1].hasPrefix("plugin b2b2b2b2b2b2 runs (\(size) bytes sent), "))
    #expect(report.moduleLines[1].contains("(pack 1.0, upload "))
  }

  private func failure(_ device: ScriptedDevice) async throws -> CommandFailure {
    try #require(
      await #expect(throws: CommandFailure.self) { try await cycle(device).run() })
  }

  @Test func whatWasTakenBeforeARefusalIsSaid() async throws {
    let device = try ScriptedDevice(
      Self.status(), refusal: Self.notLoadable, refusingPartition: "plugins")
    let failure = try await failure(device)
    #expect(failure.exit == .refused)
    #expect(
      failure.message == "module 'plugin': the device refused: no memory (422, not_loadable); "
        + "'greeter' runs its new code")
    #expect(failure.modules.map(\.outcome) == [.switched, .refused])
    #expect(device.calls.suffix(2) == ["wait for hotreload", "close"])
  }

  @Test func afterARefusalNothingMoreIsSent() async throws {
    let device = try ScriptedDevice(Self.status(), refusal: Self.notLoadable)
    let failure = try await failure(device)
    #expect(
      failure.message == "module 'greeter': the device refused: no memory (422, not_loadable)")
    #expect(failure.modules.map(\.outcome) == [.refused, .notSent])
    #expect(device.calls == ["prepare", "upload \(size) to hotreload", "close"])
  }

  struct Row: Sendable, CustomTestStringConvertible {
    var testDescription: String
    /// Of the wait for greeter.
    var outcome: @Sendable (DeviceStatus) -> ReloadOutcome
    var says: String
    var outcomes: [ReloadReport.Module.Outcome]
  }

  @Test(arguments: [
    Row(
      testDescription: "refused at load",
      outcome: { .refused(.init(module: greeterID, error: "not_loadable", detail: "bad"), $0) },
      says: "the device could not load module 'greeter': bad (not_loadable); "
        + "'plugin' runs its new code",
      outcomes: [.refused, .switched]),
    Row(
      testDescription: "timed out", outcome: { .timedOut($0) },
      says: "the application did not reload within 10 s; "
        + "'greeter' was stored, but does not run, 'plugin' runs its new code",
      outcomes: [.stored, .switched]),
    Row(
      testDescription: "restarted", outcome: { .restarted($0) },
      says: "the device restarted while it should have switched to module 'greeter'; "
        + "'greeter' was stored, but does not run, 'plugin' was stored, but does not run",
      outcomes: [.stored, .stored]),
  ])
  func aModuleThatDoesNotRunLeavesTheOthersToBeSaid(row: Row) async throws {
    let failure = try await failure(
      try ScriptedDevice(
        Self.status(),
        outcome: { $0.modules[0].partition == "hotreload" ? row.outcome($0) : .switched($0) }))
    #expect(failure.message == row.says)
    #expect(failure.modules.map(\.outcome) == row.outcomes)
  }

  @Test func theOneThatFailedIsNamedBeforeThoseThatWereLeftOut() async throws {
    let failure = try await failure(
      try ScriptedDevice(
        Self.status(),
        outcome: {
          $0.modules[0].partition == "hotreload"
            ? .leftOut($0)
            : .refused(.init(module: Self.pluginID, error: "no_memory", detail: "full"), $0)
        }))
    #expect(failure.exit == .refused)
    #expect(
      failure.message == "the device could not load module 'plugin': full (no_memory); "
        + "'greeter' was stored, but does not run")
    #expect(failure.modules.map(\.outcome) == [.stored, .refused])
  }

  @Test func whatTheDeviceRefusedWaitsWhileThereIsSomethingElseToSend() async throws {
    let refused = RefusedModules()
    refused.add(
      try await failure(try ScriptedDevice(Self.status(), refusal: Self.notLoadable)).modules)
    #expect(refused.ids == [Self.greeterID])

    let device = try ScriptedDevice(Self.status())
    var cycle = cycle(device)
    cycle.withheld = refused.ids
    #expect(try await cycle.run().modules.map(\.outcome) == [.withheld, .switched])
    // A save that changes nothing tries it again.
    cycle.device = try ScriptedDevice(Self.status(plugin: Self.pluginID))
    #expect(try await cycle.run().modules.map(\.outcome) == [.switched, .unchanged])
  }

  @Test func aFailureForProgramsHasEveryModule() async throws {
    struct Report: Decodable {
      struct Module: Decodable {
        var name: String
        var outcome: String
      }
      var modules: [Module]
    }
    let failure = try await failure(
      try ScriptedDevice(Self.status(), refusal: Self.notLoadable, refusingPartition: "plugins"))
    let text = try JSONText.encode(FailureReport(failure))
    let report = try JSONDecoder().decode(Report.self, from: Data(text.utf8))
    #expect(report.modules.map(\.name) == ["greeter", "plugin"])
    #expect(report.modules.map(\.outcome) == ["switched", "refused"])
  }

  @Test(
    arguments: [
      ([], ["greeter", "plugin"]), (["plugins"], ["plugin"]),
      (["plugins", "hotreload"], ["greeter", "plugin"]),
    ] as [([String], [String])])
  func partitionsLimitThePlan(labels: [String], names: [String]) throws {
    let settings = try Settings(.init(partitions: labels), in: world.context())
    #expect(try settings.plan().value.modules.map(\.name) == names)
  }

  @Test(arguments: ["build", "reload", "watch"])
  func anUnknownPartitionIsToldTheKnownOnes(command: String) async {
    let url = command == "build" ? [] : ["--url", "127.0.0.1:1"]
    let exit = await world.run([command, "--partition", "nowhere"] + url)
    #expect(exit == .usage)
    #expect(
      world.standardError == """
        error: no module has the partition 'nowhere'
        hint: there are modules in: hotreload, plugins

        """)
  }

  @Test func preparingIsForAllModules() async {
    #expect(await world.run(["build", "--prepare", "--partition", "plugins"]) == .usage)
  }
}
