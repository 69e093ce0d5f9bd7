import Synchronization
import Testing

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

@testable import HotReloadClient

/// What a device's statuses say about a module on trial (docs/TRIAL.md).
@Suite struct WaitForVerdictTests {
  struct Row: CustomTestStringConvertible {
    var name: String
    /// Build-ID of what runs, nil for nothing.
    var running: String? = Sample.module
    var state: String?
    /// Build-ID and code of the last error.
    var failure: (module: String, code: String)?
    /// Nil while it goes on.
    var outcome: @Sendable (DeviceStatus) -> TrialOutcome?

    var testDescription: String { name }
  }

  private static let other = String(repeating: "00", count: 32)

  static let rows = [
    Row(name: "on trial", state: "trial") { _ in nil },
    Row(name: "confirmed", state: "confirmed") { _ in .confirmed },
    Row(name: "a device that knows no trials") { _ in .confirmed },
    Row(name: "another one runs", running: other, state: "confirmed") { _ in .replaced },
    Row(name: "nothing runs yet", running: nil) { _ in nil },
    Row(
      name: "rolled back", running: other, state: "confirmed",
      failure: (Sample.module, "rolled_back")
    ) { .rolledBack(.init(module: Sample.module, error: "rolled_back", detail: "why"), $0) },
    Row(name: "rolled back to nothing", running: nil, failure: (Sample.module, "rolled_back")) {
      .rolledBack(.init(module: Sample.module, error: "rolled_back", detail: "why"), $0)
    },
    Row(name: "crashed, and lost", running: other, state: "confirmed", failure: ("", "crashed")) {
      .rolledBack(.init(module: "", error: "crashed", detail: "why"), $0)
    },
    Row(name: "another one rolled back", state: "trial", failure: (other, "rolled_back")) { _ in
      nil
    },
    Row(name: "another error", state: "trial", failure: (Sample.module, "not_loadable")) { _ in
      nil
    },
  ]

  private static func status(_ row: Row) throws -> DeviceStatus {
    var status = try status(Sample.status(module: row.running))
    status.modules[0].state = row.state
    status.lastError = row.failure.map { .init(module: $0.module, error: $0.code, detail: "why") }
    return status
  }

  private static func status(_ text: String) throws -> DeviceStatus {
    try JSONDecoder().decode(DeviceStatus.self, from: Data(text.utf8))
  }

  @Test("one status", arguments: rows)
  func verdict(row: Row) throws {
    let status = try Self.status(row)
    #expect(
      DeviceClient.verdict(status, id: Sample.module, partition: "hotreload")
        == row.outcome(status))
  }

  /// Answers with one status after the other, the last one for ever; nil is no answer.
  private func wait(_ answers: [DeviceStatus?], timeout: Duration) async throws -> TrialOutcome {
    let answers = try answers.map { status in
      try status.map { status in
        LoopbackDevice.Answer.reply(
          200, String(decoding: try JSONEncoder().encode(status), as: UTF8.self))
      } ?? .drop
    }
    let left = Mutex(answers)
    let device = try await LoopbackDevice(
      .init(request: { _ in
        left.withLock { $0.count > 1 ? $0.removeFirst() : $0[0] }
      }))
    return try await DeviceClient(url: device.url).waitForVerdict(
      id: Sample.module, partition: "hotreload", timeout: timeout)
  }

  @Test func aDeviceThatStartsAnewIsWaitedFor() async throws {
    let trial = try Self.status(Self.rows[0])
    let rolledBack = try Self.status(Self.rows[5])
    let outcome = try await wait(
      [trial, trial, nil, nil, nil, rolledBack], timeout: .seconds(240))
    #expect(outcome == Self.rows[5].outcome(rolledBack))
  }

  @Test func aTrialThatGoesOnIsUndecided() async throws {
    let trial = try Self.status(Self.rows[0])
    #expect(try await wait([trial], timeout: .milliseconds(30)) == .undecided)
  }
}
