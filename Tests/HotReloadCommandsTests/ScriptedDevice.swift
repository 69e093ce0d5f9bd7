import HotReloadClient
import Synchronization

@testable import HotReloadCommands

/// A device that answers what a test wants, and writes down what it was asked.
final class ScriptedDevice: ReloadDevice {
  let url: DeviceURL
  private let before: DeviceStatus
  private let refusal: ClientError?
  private let refusingPartition: String
  private let refusingStage: UploadOptions.Stage
  private let refusesEncoded: Bool
  private let outcome: @Sendable (DeviceStatus) -> ReloadOutcome
  private let verdict: TrialOutcome?
  private let log = Mutex<[String]>([])

  var calls: [String] { log.withLock { $0 } }

  /// - Parameters:
  ///   - refusal: how an upload to `refusingPartition` and `refusingStage` ends; if `refusesEncoded`, only an encoded one.
  ///   - outcome: of a wait, from a status with the one module that is waited for.
  ///   - verdict: how the trial of that module ends; nil if there is none.
  init(
    _ before: DeviceStatus, refusal: ClientError? = nil, refusingPartition: String = "hotreload",
    refusingStage: UploadOptions.Stage = .flash, refusesEncoded: Bool = false,
    verdict: TrialOutcome? = nil,
    outcome: @escaping @Sendable (DeviceStatus) -> ReloadOutcome = { .switched($0) }
  ) throws {
    url = try DeviceURL("device")
    self.before = before
    self.refusal = refusal
    self.refusingPartition = refusingPartition
    self.refusingStage = refusingStage
    self.refusesEncoded = refusesEncoded
    self.verdict = verdict
    self.outcome = outcome
  }

  func prepareUpload() async throws(ClientError) -> DeviceStatus {
    log.withLock { $0.append("prepare") }
    return before
  }

  func upload(
    image: [UInt8], key: UploadKey, options: UploadOptions,
    authentication: DeviceStatus.Authentication?,
    progress: (@Sendable (_ sent: Int, _ total: Int) -> Void)?
  ) async throws(ClientError) -> String {
    let stage = options.stage == .flash ? "" : ", \(options.stage.name)"
    let encoded = options.isEncoded ? ", encoded" : ""
    log.withLock {
      $0.append("upload \(image.count) to \(options.partition ?? "-")\(stage)\(encoded)")
    }
    if let refusal, options.partition == refusingPartition, options.stage == refusingStage,
      options.isEncoded || !refusesEncoded
    {
      throw refusal
    }
    return "OK"
  }

  func waitForModule(
    id: String, partition: String, before: DeviceStatus, timeout: Duration
  ) async throws(ClientError) -> ReloadOutcome {
    log.withLock { $0.append("wait for \(partition)") }
    var after = before
    after.modules = [.init(partition: partition, loaded: true, id: id)]
    after.modules[0].state = verdict == nil ? "confirmed" : "trial"
    after.modules[0].loadMicroseconds = 210
    after.modules[0].swapMicroseconds = 3
    return outcome(after)
  }

  func waitForVerdict(
    id: String, partition: String, timeout: Duration
  ) async throws(ClientError) -> TrialOutcome {
    log.withLock { $0.append("verdict on \(partition)") }
    return verdict ?? .confirmed
  }

  func close() async { log.withLock { $0.append("close") } }
}

extension DeviceStatus {
  /// A device that runs the sample's firmware.
  static func sample(
    chip: String = "qemu-riscv32", firmware: String = SampleImage.firmwareID,
    module: String? = nil, partition: String = "hotreload", pending: Bool = false,
    sequence: UInt64? = nil, encodings: [String]? = nil
  ) -> DeviceStatus {
    var status = DeviceStatus(
      server: "hotreload 0.1.0", chip: chip, uptimeMilliseconds: 4211, bootID: "0123456789abcdef",
      firmware: .init(id: firmware, version: "1"), authentication: .challenge, pending: pending,
      reloads: 1, modules: [.init(partition: partition, loaded: module != nil, id: module)],
      lastError: nil)
    status.modules[0].sequence = sequence
    status.encodings = encodings
    return status
  }
}
