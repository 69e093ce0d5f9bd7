import HotReloadBuild
import HotReloadClient
import Synchronization
import TestImages
import Testing

@testable import HotReloadCommands

@Suite struct ReloadCycleTests {
  private let world: TestWorld
  private let plan: BuildPlan
  private let key: UploadKey

  init() throws {
    world = try TestWorld()
    plan = try world.writePlan()
    key = try #require(UploadKey(bytes: Array(repeating: 7, count: 32)))
    try world.write(SampleImage.bytes(), to: "build/hotreload/reloadable/module.elf")
  }

  private func cycle(_ device: ScriptedDevice) -> ReloadCycle {
    ReloadCycle(
      plan: plan, device: device, key: key, timeout: .seconds(10),
      build: { (_) async throws(BuildFailure) -> BuildReport in
        var report = BuildReport()
        report.steps = [BuildStep(.compile, module: "reloadable", duration: .milliseconds(28))]
        report.warnings = ["a.c:1: warning"]
        return report
      })
  }

  /// What goes wrong, and what the device was asked before.
  private func failure(_ device: ScriptedDevice) async -> (CommandFailure?, [String]) {
    let failure = await #expect(throws: CommandFailure.self) { try await cycle(device).run() }
    return (failure, device.calls)
  }

  @Test func buildsAsksUploadsAndWaits() async throws {
    let device = try ScriptedDevice(.sample(module: String(repeating: "cd", count: 32)))
    let report = try await cycle(device).run()
    let size = SampleImage.bytes().count
    #expect(
      device.calls == ["prepare", "upload \(size) to hotreload", "wait for hotreload", "close"])
    let module = try #require(report.modules.first)
    #expect(report.modules.count == 1)
    #expect(module.name == "reloadable")
    #expect(module.partition == "hotreload")
    #expect(module.id == SampleImage.moduleID)
    #expect(module.size == size)
    #expect(module.outcome == .switched)
    #expect(report.warnings == ["a.c:1: warning"])
    #expect(report.timings.steps[.compile] == .milliseconds(28))
    #expect(report.timings.steps[.load] == .microseconds(210))
    #expect(report.timings.steps[.swap] == .microseconds(3))
    #expect(report.timings.steps[.upload] != nil)
    #expect(report.timings.total > .zero)
  }

  @Test func aModuleThatRunsAlreadyIsNotSent() async throws {
    let device = try ScriptedDevice(.sample(module: SampleImage.moduleID))
    let report = try await cycle(device).run()
    #expect(device.calls == ["prepare", "close"])
    #expect(report.isUnchanged)
  }

  @Test func aModuleThatRunsButIsAboutToBeReplacedIsSent() async throws {
    let device = try ScriptedDevice(.sample(module: SampleImage.moduleID, pending: true))
    #expect(try await !cycle(device).run().isUnchanged)
  }

  @Test func anotherFirmwareIsSaidBeforeAnythingIsSent() async throws {
    let (failure, calls) = await failure(
      try ScriptedDevice(.sample(firmware: String(repeating: "0e", count: 32))))
    #expect(failure?.exit == .refused)
    #expect(failure?.code == "wrong_firmware")
    #expect(failure?.message.contains("the device runs another firmware: 0e0e0e0e0e0e") == true)
    #expect(failure?.hint?.contains("ninja -C") == true)
    #expect(calls == ["prepare", "close"])
  }

  @Test func aModuleThatIsOlderThanTheFirmwareIsToBeBuiltAgain() async throws {
    try world.write(Fixture.bytes("executable.elf"), to: "build/firmware.elf")
    let image = try FirmwareImage(
      Fixture.bytes("executable.elf"), path: "firmware.elf", identity: .elfSHA256)
    let device = try ScriptedDevice(.sample(firmware: HexText.encode(image.id)))
    var changed = cycle(device)
    changed.plan.firmware.identity = .elfSHA256
    let cycle = changed
    let failure = await #expect(throws: CommandFailure.self) {
      try await cycle.run(skipBuild: true)
    }
    #expect(failure?.code == "wrong_firmware")
    #expect(failure?.message.contains("the device runs a newer one") == true)
    #expect(failure?.hint == "build the module again: hotreload build")
    #expect(device.calls == ["prepare", "close"])
  }

  @Test func anotherChipIsSaidBeforeAnythingIsSent() async throws {
    let (failure, calls) = await failure(try ScriptedDevice(.sample(chip: "esp32c3")))
    #expect(failure?.exit == .refused)
    #expect(
      failure?.message == "the device is a esp32c3, the build plan is for qemu-riscv32")
    #expect(calls == ["prepare", "close"])
  }

  @Test func aMissingPartitionIsSaidBeforeAnythingIsSent() async throws {
    let (failure, calls) = await failure(try ScriptedDevice(.sample(partition: "plugins")))
    #expect(failure?.exit == .refused)
    #expect(failure?.message.contains("no partition 'hotreload'") == true)
    #expect(failure?.hint == "it has plugins")
    #expect(calls == ["prepare", "close"])
  }

  @Test func aRefusedUploadEndsWithTheDevicesWords() async throws {
    let (failure, calls) = await failure(
      try ScriptedDevice(
        .sample(),
        refusal: .refused(Refusal(status: 422, error: "not_loadable", detail: "no memory"))))
    #expect(failure?.exit == .refused)
    #expect(failure?.message == "the device refused: no memory (422, not_loadable)")
    #expect(calls.last == "close")
  }

  private static let noRoom = Refusal(
    status: 507, error: "insufficient_storage", detail: "not enough memory")

  @Test func aModuleGoesWhereItIsToWait() async throws {
    for stage in [UploadOptions.Stage.ram, .ramOnly] {
      let device = try ScriptedDevice(.sample())
      var cycle = cycle(device)
      cycle.stage = stage
      _ = try await cycle.run()
      #expect(device.calls[1].hasSuffix(" to hotreload, \(stage.name)"), "\(device.calls)")
    }
  }

  @Test func withoutRoomInRAMFlashTakesIt() async throws {
    let device = try ScriptedDevice(
      .sample(), refusal: .refused(Self.noRoom), refusingStage: .ram)
    let words = Mutex<[String]>([])
    var cycle = cycle(device)
    cycle.stage = .ram
    cycle.onEvent = { event in
      if case .noRoom(let module, let reason) = event {
        words.withLock { $0.append("\(module): \(reason)") }
      }
    }
    #expect(try await cycle.run().modules.first?.outcome == .switched)
    let size = SampleImage.bytes().count
    #expect(
      device.calls == [
        "prepare", "upload \(size) to hotreload, ram", "upload \(size) to hotreload",
        "wait for hotreload", "close",
      ])
    #expect(words.withLock { $0 } == ["reloadable: not enough memory"])
  }

  @Test func whatShouldNeverBeInFlashIsRefusedWithoutRoom() async throws {
    let device = try ScriptedDevice(
      .sample(), refusal: .refused(Self.noRoom), refusingStage: .ramOnly)
    var cycle = cycle(device)
    cycle.stage = .ramOnly
    let ramOnly = cycle
    let failure = await #expect(throws: CommandFailure.self) { try await ramOnly.run() }
    #expect(failure?.exit == .refused)
    #expect(failure?.hint?.contains("without --no-persist") == true, "\(failure?.hint ?? "")")
    #expect(device.calls.count == 3, "no second upload: \(device.calls)")
  }

  struct Outcome: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var outcome: @Sendable (DeviceStatus) -> ReloadOutcome
    var exit: ToolExit
    var says: String
  }

  @Test(arguments: [
    Outcome(
      testDescription: "refused at load",
      outcome: {
        .refused(.init(module: SampleImage.moduleID, error: "in_use", detail: "task 'ui'"), $0)
      }, exit: .refused, says: "the device could not load module 'reloadable': task 'ui' (in_use)"),
    Outcome(
      testDescription: "left out", outcome: { .leftOut($0) }, exit: .refused,
      says: "the device did not switch to module 'reloadable'"),
    Outcome(
      testDescription: "restarted", outcome: { .restarted($0) }, exit: .failure,
      says: "the device restarted"),
    Outcome(
      testDescription: "timed out", outcome: { .timedOut($0) }, exit: .failure,
      says: "the application did not reload within 10 s"),
  ])
  func whatTheApplicationDoesDecides(row: Outcome) async throws {
    let (failure, calls) = await failure(try ScriptedDevice(.sample(), outcome: row.outcome))
    #expect(failure?.exit == row.exit)
    #expect(failure?.message.contains(row.says) == true, "\(failure?.message ?? "")")
    #expect(calls.last == "close")
  }

  @Test func aFailedBuildSendsNothing() async throws {
    let device = try ScriptedDevice(.sample())
    var cycle = cycle(device)
    cycle.build = { (_) async throws(BuildFailure) -> BuildReport in
      throw BuildFailure(.buildFailed, .compileFailed, "a.c does not compile", output: "a.c:1: no")
    }
    let failure = await #expect(throws: CommandFailure.self) { try await cycle.run() }
    #expect(failure?.exit == .buildFailed)
    #expect(failure?.output == "a.c:1: no")
    // Whether the device was asked before it was known depends on the build.
    #expect(device.calls.filter { $0 != "prepare" } == ["close"])
  }

  @Test func aFailedBuildIsNoneWhenSkipped() async throws {
    let device = try ScriptedDevice(.sample())
    var cycle = cycle(device)
    cycle.build = { (_) async throws(BuildFailure) -> BuildReport in
      throw BuildFailure(.buildFailed, .compileFailed, "a.c does not compile")
    }
    #expect(try await cycle.run(skipBuild: true).modules.count == 1)
  }

  @Test(arguments: [
    (Array("nonsense".utf8), ToolExit.unloadable), (SampleImage.bytes(chip: 5), .unloadable),
    (Array(SampleImage.bytes().dropLast(8)), .unloadable),
  ])
  func anImageThatNoDeviceWouldLoadIsNotSent(image: [UInt8], exit: ToolExit) async throws {
    try world.write(image, to: "build/hotreload/reloadable/module.elf")
    let (failure, calls) = await failure(try ScriptedDevice(.sample()))
    #expect(failure?.exit == exit, "\(failure?.message ?? "")")
    #expect(calls.filter { $0 != "prepare" } == ["close"])
  }

  @Test func withoutAnImageSkippingTheBuildIsABuildFailure() async throws {
    OutputFile.remove(world.path("build/hotreload/reloadable/module.elf"))
    let (failure, _) = await failure(try ScriptedDevice(.sample()))
    #expect(failure?.exit == .buildFailed)
    #expect(failure?.hint?.contains("hotreload build") == true)
  }
}
