import HotReloadBuild
import HotReloadClient
import Testing

@testable import HotReloadCommands

/// What is sent of a module: no more than the device needs (FEATURES B14).
@Suite struct EncodedUploadTests {
  private let world: TestWorld
  private let plan: BuildPlan
  private let key: UploadKey
  /// What is to run.
  private let image = SampleImage.bytes(module: 0xAB)
  /// What runs.
  private let base = SampleImage.bytes(module: 0xCD)

  init() throws {
    world = try TestWorld()
    plan = try world.writePlan()
    key = try #require(UploadKey(bytes: Array(repeating: 7, count: 32)))
    try world.write(image, to: "build/hotreload/reloadable/module.elf")
    try world.write(base, to: "build/hotreload/reloadable/images/7.elf")
  }

  /// A device that runs the module that was packed at `sequence`.
  private func status(
    sequence: UInt64? = 7, encodings: [String]? = [DeviceStatus.deltaEncoding]
  ) -> DeviceStatus {
    .sample(
      module: String(repeating: "cd", count: 32), sequence: sequence, encodings: encodings)
  }

  private func run(
    _ device: ScriptedDevice, stage: UploadOptions.Stage = .flash
  ) async throws -> ReloadReport {
    var cycle = ReloadCycle(plan: plan, device: device, key: key, timeout: .seconds(10))
    cycle.stage = stage
    return try await cycle.run(skipBuild: true)
  }

  private var delta: Int { DeltaEncoder.encode(image, base: base).count }
  private var compressed: Int { DeltaEncoder.encode(image).count }

  @Test func theDifferenceToWhatRunsIsSent() async throws {
    let device = try ScriptedDevice(status())
    let report = try await run(device)
    #expect(device.calls[1] == "upload \(delta) to hotreload, encoded")
    #expect(device.calls.count == 4, "\(device.calls)")
    #expect(delta < compressed && compressed < image.count)
    #expect(report.modules[0].sent == delta)
    #expect(
      report.moduleLines == ["reloadable abababababab runs (\(delta) of \(image.count) bytes sent)"]
    )
  }

  @Test func theDifferenceGoesWhereTheModuleIsToWait() async throws {
    let device = try ScriptedDevice(status())
    _ = try await run(device, stage: .ram)
    #expect(device.calls[1] == "upload \(delta) to hotreload, ram, encoded")
  }

  @Test func withoutABaseItIsCompressed() async throws {
    for sequence in [nil, 0, 8] as [UInt64?] {
      let device = try ScriptedDevice(status(sequence: sequence))
      let report = try await run(device)
      #expect(device.calls[1] == "upload \(compressed) to hotreload, encoded")
      #expect(report.modules[0].sent == compressed)
    }
  }

  @Test func aDeviceThatCannotDecodeGetsItWhole() async throws {
    for encodings in [nil, [], ["other"]] as [[String]?] {
      let device = try ScriptedDevice(status(encodings: encodings))
      let report = try await run(device)
      #expect(device.calls[1] == "upload \(image.count) to hotreload")
      #expect(report.modules[0].sent == image.count)
    }
  }

  @Test func whatTheDeviceCannotDecodeIsSentWholeWithoutAWord() async throws {
    for (status, code) in [(409, "no_base"), (422, "bad_encoding"), (507, "insufficient_storage")] {
      let device = try ScriptedDevice(
        self.status(), refusal: .refused(Refusal(status: status, error: code, detail: "")),
        refusesEncoded: true)
      let report = try await run(device)
      #expect(
        device.calls[1...3] == [
          "upload \(delta) to hotreload, encoded", "upload \(compressed) to hotreload, encoded",
          "upload \(image.count) to hotreload",
        ], "\(code)")
      #expect(report.modules[0].outcome == .switched)
      #expect(report.modules[0].sent == image.count)
    }
  }

  @Test func anyOtherRefusalIsFinal() async throws {
    let device = try ScriptedDevice(
      status(), refusal: .refused(Refusal(status: 422, error: "not_loadable", detail: "")))
    await #expect(throws: CommandFailure.self) { try await run(device) }
    #expect(device.calls.count == 3, "\(device.calls)")
  }

  @Test func withoutRoomInRAMFlashGetsTheDifference() async throws {
    let noRoom = Refusal(status: 507, error: "insufficient_storage", detail: "")
    let device = try ScriptedDevice(status(), refusal: .refused(noRoom), refusingStage: .ram)
    _ = try await run(device, stage: .ram)
    #expect(
      device.calls[1...2] == [
        "upload \(delta) to hotreload, ram, encoded", "upload \(delta) to hotreload, encoded",
      ])
  }
}
