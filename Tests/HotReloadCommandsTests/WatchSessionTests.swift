import HotReloadWatch
import Synchronization
import SystemPackage
import Testing

@testable import HotReloadCommands

/// `watch` with real files and a reload that the test plays.
@Suite(.timeLimit(.minutes(5))) struct WatchSessionTests {
  private let world: TestWorld
  private let source: FilePath
  private let reloads = Reloads()

  init() throws {
    world = try TestWorld()
    source = try world.write("1", to: "a.c")
  }

  /// Reloads that have begun, each with what it will end with.
  private final class Reloads: Sendable {
    typealias Outcome = Result<ReloadReport, CommandFailure>
    private let begun = AsyncStream.makeStream(of: CheckedContinuation<Outcome, Never>.self)

    func run() async throws(CommandFailure) -> ReloadReport {
      let waiter = Mutex<CheckedContinuation<Outcome, Never>?>(nil)
      let outcome = await withTaskCancellationHandler {
        await withCheckedContinuation { continuation in
          waiter.withLock { $0 = continuation }
          guard !Task.isCancelled else {
            waiter.withLock { $0.take() }?.resume(returning: .failure(.cancelled))
            return
          }
          begun.continuation.yield(continuation)
        }
      } onCancel: {
        waiter.withLock { $0.take() }?.resume(returning: .failure(.cancelled))
      }
      return try outcome.get()
    }

    /// Waits for the next one to begin.
    func next() async -> CheckedContinuation<Outcome, Never>? {
      for await continuation in begun.stream { return continuation }
      return nil
    }
  }

  private static var report: ReloadReport {
    var report = ReloadReport(device: "http://device:8080")
    report.modules = [
      .init(
        name: "reloadable", partition: "hotreload", id: String(repeating: "ab", count: 32),
        size: 420, outcome: .switched)
    ]
    report.timings.total = .milliseconds(93)
    return report
  }

  private func start(
    isVerbose: Bool = false, files: (@Sendable () -> Set<FilePath>)? = nil,
    verdict: @escaping @Sendable (ReloadReport) async -> CommandFailure? = { _ in nil },
    prepare: @escaping @Sendable () async -> Void = {}
  ) -> Task<Void, any Error> {
    var terminal = world.context().terminal
    terminal.prefix = "[hotreload] "
    let (reloads, source) = (reloads, source)
    let session = WatchSession(
      reload: { () async throws(CommandFailure) -> ReloadReport in try await reloads.run() },
      verdict: verdict,
      files: { () throws(CommandFailure) -> Set<FilePath> in files?() ?? [source] },
      prepare: prepare, debounce: .milliseconds(1), isVerbose: isVerbose, terminal: terminal)
    return Task { try await session.run() }
  }

  @Test func reloadsAtFirstAndOnEverySave() async throws {
    let session = start()
    await reloads.next()?.resume(returning: .success(Self.report))
    await world.output(contains: "[hotreload] reloadable abababababab runs, 93.0 ms\n")
    try world.write("2", to: "a.c")
    await reloads.next()?.resume(returning: .success(Self.report))
    await world.output(contains: "[hotreload] a.c: reloadable abababababab runs, 93.0 ms\n")
    session.cancel()
    try await session.value
  }

  @Test func whatTheNextReloadNeedsIsPreparedBesideTheWaitForItAndEndsWithTheSession() async throws
  {
    let (begun, beginnings) = AsyncStream.makeStream(of: Void.self)
    let ended = Mutex(0)
    let session = start(prepare: {
      beginnings.yield()
      // Until it is cancelled.
      for await _ in AsyncStream.makeStream(of: Void.self).stream {}
      ended.withLock { $0 += 1 }
    })
    var each = begun.makeAsyncIterator()
    await reloads.next()?.resume(returning: .success(Self.report))
    await each.next()
    #expect(ended.withLock { $0 } == 0)
    try world.write("2", to: "a.c")
    await reloads.next()?.resume(returning: .success(Self.report))
    await each.next()
    session.cancel()
    try await session.value
    #expect(ended.withLock { $0 } == 2)
  }

  @Test func aRollbackAfterTheReloadIsOneLine() async throws {
    let session = start(verdict: { report in
      CommandFailure(.refused, "module '\(report.modules[0].name)': rolled back: abort in f+0x4")
    })
    await reloads.next()?.resume(returning: .success(Self.report))
    await world.output(contains: "module 'reloadable': rolled back")
    #expect(
      world.standardError
        == "[hotreload] error: module 'reloadable': rolled back: abort in f+0x4\n")
    session.cancel()
    try await session.value
  }

  @Test func aFailureIsShownInFullAndWatchingGoesOn() async throws {
    let session = start()
    await reloads.next()?.resume(
      returning: .failure(
        CommandFailure(.buildFailed, "it does not compile", hint: "mend it", output: "a.c:1: no")))
    await world.output(contains: "not reloaded; watching on")
    #expect(
      world.standardError == """
        a.c:1: no
        [hotreload] error: it does not compile
        [hotreload] hint: mend it
        [hotreload] not reloaded; watching on

        """)
    try world.write("2", to: "a.c")
    await reloads.next()?.resume(returning: .success(Self.report))
    await world.output(contains: "a.c: reloadable")
    session.cancel()
    try await session.value
  }

  @Test func aSaveDuringAReloadCancelsIt() async throws {
    let session = start(isVerbose: true)
    // Never answered: only the cancellation ends it.
    _ = await reloads.next()
    try world.write("2", to: "a.c")
    await world.output(contains: "cancelled by another save")
    await reloads.next()?.resume(returning: .success(Self.report))
    await world.output(contains: "[hotreload] a.c: reloadable")
    session.cancel()
    try await session.value
  }

  @Test func afterAFailureTheMissingFileIsAChange() async throws {
    let session = start()
    await reloads.next()?.resume(
      returning: .failure(CommandFailure(.buildFailed, "'missing.h' file not found")))
    await world.output(contains: "watching on")
    try world.write("", to: "sedF8u47s")
    try world.write("", to: "missing.h")
    await reloads.next()?.resume(returning: .success(Self.report))
    await world.output(contains: "[hotreload] missing.h: reloadable")
    session.cancel()
    try await session.value
  }

  /// Before its watch began, nobody would have told of a save.
  @Test(arguments: [ReloadReport.Module.Outcome.unchanged, .switched])
  func aFileThatABuildReadFirstIsBuiltAgain(_ outcome: ReloadReport.Module.Outcome) async throws {
    let (source, header) = (source, world.path("new.h"))
    let asked = Asked()
    let session = start(files: { asked.again() ? [source, header] : [source] })
    await reloads.next()?.resume(returning: .success(Self.report))
    var second = Self.report
    second.modules[0].id = String(repeating: "cd", count: 32)
    second.modules[0].outcome = outcome
    await reloads.next()?.resume(returning: .success(second))
    try world.write("2", to: "a.c")
    await reloads.next()?.resume(returning: .success(Self.report))
    await world.output(contains: "[hotreload] a.c: ")
    #expect(world.standardOutput.contains("cdcdcdcdcdcd runs") == (outcome == .switched))
    #expect(!world.standardOutput.contains("unchanged"))
    session.cancel()
    try await session.value
  }

  private final class Asked: Sendable {
    private let count = Mutex(0)

    /// Whether this is not the first time.
    func again() -> Bool {
      count.withLock {
        $0 += 1
        return $0 > 1
      }
    }
  }

  @Test func endingCancelsTheReloadThatRuns() async throws {
    let session = start()
    _ = await reloads.next()
    session.cancel()
    try await session.value
  }

  @Test func aReportThatChangedNothingSaysSo() {
    var report = Self.report
    report.modules[0].outcome = .unchanged
    #expect(WatchSession.describe(report) == "reloadable abababababab unchanged, 93.0 ms")
  }
}
