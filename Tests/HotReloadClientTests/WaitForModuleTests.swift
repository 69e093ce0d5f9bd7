import Synchronization
import Testing

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

@testable import HotReloadClient

@Suite struct WaitForModuleTests {
  private static func status(_ text: String) throws -> DeviceStatus {
    try JSONDecoder().decode(DeviceStatus.self, from: Data(text.utf8))
  }

  private func wait(
    _ device: LoopbackDevice, before: String = Sample.status(), timeout: Duration = .seconds(240)
  ) async throws -> ReloadOutcome {
    try await DeviceClient(url: device.url).waitForModule(
      id: Sample.module, partition: "hotreload", before: Self.status(before), timeout: timeout)
  }

  /// Answers with one text after the other, the last one for ever.
  private func device(_ answers: [LoopbackDevice.Answer]) async throws -> LoopbackDevice {
    let left = Mutexed(answers)
    return try await LoopbackDevice(.init(request: { _ in left.next() }))
  }

  private final class Mutexed: Sendable {
    private let answers: Mutex<[LoopbackDevice.Answer]>
    init(_ answers: [LoopbackDevice.Answer]) { self.answers = Mutex(answers) }
    func next() -> LoopbackDevice.Answer {
      answers.withLock { answers in answers.count > 1 ? answers.removeFirst() : answers[0] }
    }
  }

  @Test func endsWhenTheModuleRuns() async throws {
    let running = Sample.status(module: Sample.module)
    let device = try await device(
      [Sample.status(pending: true), Sample.status(pending: true), running]
        .map { .reply(200, $0) })
    #expect(try await wait(device) == .switched(Self.status(running)))
    #expect(device.requests.count == 3)
  }

  @Test func endsWhenTheDeviceNamesTheModuleInItsError() async throws {
    let failed = Sample.status(failed: Sample.module)
    let device = try await device(
      [Sample.status(pending: true), failed].map { .reply(200, $0) })
    let status = try Self.status(failed)
    #expect(try await wait(device) == .refused(#require(status.lastError), status))
  }

  @Test func anOldErrorOfTheSameModuleIsNoNewsWhileItIsPending() async throws {
    let old = Sample.status(failed: Sample.module)
    let running = Sample.status(module: Sample.module, failed: Sample.module)
    let device = try await device(
      [Sample.status(pending: true, failed: Sample.module), running].map { .reply(200, $0) })
    #expect(try await wait(device, before: old) == .switched(Self.status(running)))
  }

  @Test(arguments: [nil, String(repeating: "00", count: 32)] as [String?])
  func aReloadWithoutTheModuleIsOver(failed: String?) async throws {
    let over = Sample.status(failed: failed)
    let device = try await device([Sample.status(pending: true), over].map { .reply(200, $0) })
    #expect(try await wait(device) == .leftOut(Self.status(over)))
  }

  @Test func theSameErrorOnceMoreIsNews() async throws {
    let old = Sample.status(failed: Sample.module)
    let device = try await device(
      [Sample.status(pending: true, failed: Sample.module), old].map { .reply(200, $0) })
    guard case .refused = try await wait(device, before: old) else {
      Issue.record("not refused")
      return
    }
  }

  @Test func theErrorOfAnotherModuleIsNotOurs() async throws {
    let other = Sample.status(pending: true, failed: String(repeating: "00", count: 32))
    let running = Sample.status(module: Sample.module)
    let device = try await device([other, running].map { .reply(200, $0) })
    #expect(try await wait(device) == .switched(Self.status(running)))
  }

  @Test(arguments: [nil, Sample.module] as [String?])
  func aRestartIsNotASwitch(module: String?) async throws {
    let rebooted = Sample.status(module: module, boot: "ffffffffffffffff")
    let device = try await device([.reply(200, rebooted)])
    #expect(try await wait(device) == .restarted(Self.status(rebooted)))
  }

  @Test func bearsALostConnection() async throws {
    let running = Sample.status(module: Sample.module)
    let device = try await device([.drop, .drop, .drop, .reply(200, running)])
    #expect(try await wait(device) == .switched(Self.status(running)))
  }

  @Test func anApplicationThatDoesNotReloadTimesOut() async throws {
    let pending = Sample.status(pending: true)
    let device = try await device([.reply(200, pending)])
    #expect(
      try await wait(device, timeout: .milliseconds(30)) == .timedOut(Self.status(pending)))
  }

  @Test func aDeviceThatIsGoneAtTheEndIsUnreachable() async throws {
    let device = try await device([.drop])
    let error = await #expect(throws: ClientError.self) {
      _ = try await DeviceClient(url: device.url).waitForModule(
        id: Sample.module, partition: "hotreload", before: Self.status(Sample.status()),
        timeout: .milliseconds(30))
    }
    guard case .unreachable? = error else {
      Issue.record("\(String(describing: error))")
      return
    }
  }
}
