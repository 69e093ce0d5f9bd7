import HotReloadBuild
import HotReloadClient
import TestImages
import Testing

@testable import HotReloadCommands

/// A reload after the device has switched: whether it trusts the new module.
@Suite struct TrialCycleTests {
  private let world: TestWorld
  private let plan: BuildPlan
  private let key: UploadKey

  init() throws {
    world = try TestWorld()
    plan = try world.writePlan()
    key = try #require(UploadKey(bytes: Array(repeating: 7, count: 32)))
    try world.write(SampleImage.bytes(), to: "build/hotreload/reloadable/module.elf")
  }

  /// Reloads, and waits for the verdict.
  private func reload(_ device: ScriptedDevice) async throws -> (ReloadReport, CommandFailure?) {
    let cycle = ReloadCycle(
      plan: plan, device: device, key: key, timeout: .seconds(10),
      build: { (_) async throws(BuildFailure) -> BuildReport in BuildReport() })
    var report = try await cycle.run()
    let failure = await cycle.awaitVerdict(&report, timeout: .seconds(10))
    return (report, failure)
  }

  private static let reason = DeviceStatus.Failure(
    module: SampleImage.moduleID, error: "rolled_back",
    detail: "rolled back: trap 5 in reloadable_hello+0x1c")

  @Test func aModuleThatIsNotOnTrialIsNotAskedFor() async throws {
    let device = try ScriptedDevice(.sample())
    let (report, failure) = try await reload(device)
    #expect(failure == nil)
    #expect(report.modules.map(\.outcome) == [.switched])
    #expect(!device.calls.contains("verdict on hotreload"))
  }

  @Test(arguments: [.confirmed, .replaced, .undecided] as [TrialOutcome])
  func nothingIsWrongBeforeTheDeviceSaysSo(outcome: TrialOutcome) async throws {
    let device = try ScriptedDevice(.sample(), verdict: outcome)
    let (report, failure) = try await reload(device)
    #expect(failure == nil)
    #expect(report.modules.map(\.outcome) == [.switched])
    #expect(report.modules.map(\.isOnTrial) == [outcome == .undecided])
    #expect(device.calls.suffix(2) == ["verdict on hotreload", "close"])
  }

  @Test(
    arguments: [
      (nil, "the device has no other module"),
      (String(repeating: "cd", count: 32), "what ran before runs again"),
    ] as [(String?, String)])
  func aRollbackIsARefusalThatSaysWhy(other: String?, hint: String) async throws {
    let device = try ScriptedDevice(
      .sample(), verdict: .rolledBack(Self.reason, .sample(module: other)))
    let (report, failure) = try await reload(device)
    #expect(failure?.exit == .refused)
    #expect(failure?.code == "rolled_back")
    #expect(
      failure?.message
        == "module 'reloadable': rolled back: trap 5 in reloadable_hello+0x1c")
    #expect(failure?.hint == hint)
    #expect(report.modules.map(\.outcome) == [.rolledBack])
    #expect(failure?.modules == report.modules)
  }

  @Test func aDeviceThatHasStartedAnewMeanwhileSaysTheSame() async throws {
    let device = try ScriptedDevice(.sample()) { _ in
      .refused(Self.reason, .sample(module: String(repeating: "cd", count: 32)))
    }
    let failure = await #expect(throws: CommandFailure.self) { try await reload(device) }
    #expect(failure?.code == "rolled_back")
    #expect(failure?.hint == "what ran before runs again")
    #expect(failure?.modules.map(\.outcome) == [.rolledBack])
  }
}
