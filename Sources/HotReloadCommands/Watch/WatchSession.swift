import HotReloadWatch
import SystemPackage

/// Reloads on every save until the task is cancelled. Nothing that fails in between ends it.
///
/// ```
///            change            quiet             done, nothing changed meanwhile
///  watching ───────▶ settling ───────▶ reloading ───────────────────────────────▶ watching
///     │                 ▲                ▲ │ change: cancels the stale reload
///     │                 └────────────────┼─┘
///     └──────────────────────────────────┘ a complete change that comes alone
/// ```
struct WatchSession: Sendable {
  /// Reloads once; cancelled when it has become stale.
  var reload: @Sendable () async throws(CommandFailure) -> ReloadReport
  /// Waits until the device trusts what a reload sent; what went wrong if it does not.
  var verdict: @Sendable (ReloadReport) async -> CommandFailure? = { _ in nil }
  /// What to watch: asked again after every reload, because includes change.
  var files: @Sendable () throws(CommandFailure) -> Set<FilePath>
  /// Called when nothing is being done: a chance to do what the next reload will need.
  var prepare: @Sendable () async -> Void = {}
  /// How long nothing may change before a reload, after a change that may not be the last one.
  var debounce: Duration
  var isVerbose = false
  /// What is said of each reload.
  var style = Style.line
  var terminal: Terminal

  /// How results are written.
  enum Style: Sendable {
    /// One line.
    case line
    /// The line, then one of each step.
    case timings
    /// One JSON object a line.
    case json
  }

  private enum Event: Sendable {
    case changed(FileChange)
    case settled
    case finished(Result<ReloadReport, CommandFailure>)
    case rolledBack(CommandFailure)
  }

  /// What is going on.
  private struct State {
    var debouncer: Debouncer<ContinuousClock.Instant>
    var timer: Task<Void, Never>?
    var reload: Task<Void, Never>?
    /// Waits for what the device says of the last one.
    var trial: Task<Void, Never>?
    /// Does what the next reload will need.
    var preparation: Task<Void, Never>?
    /// Settled while the stale reload was still ending.
    var isDue = false
    /// Then every new file may be the one that was missing.
    var hasFailed = false
    /// Names of the files that led to the next reload.
    var changed: [String] = []
    /// When the last of them changed.
    var noticed: ContinuousClock.Instant?
    /// Names of the files that led to this one.
    var reloading: [String] = []
    /// What is watched.
    var files: Set<FilePath> = []
    /// Nothing is known to have changed since the last reload.
    var isPrecaution = false
  }

  func run() async throws(CommandFailure) {
    let watcher: FileWatcher
    do throws(WatchError) { watcher = try FileWatcher() } catch { throw Self.failure(error) }
    defer { watcher.close() }

    let (events, feed) = AsyncStream.makeStream(of: Event.self)
    let changes = Task {
      for await change in watcher.changes { feed.yield(.changed(change)) }
    }
    defer { changes.cancel() }
    var state = State(debouncer: Debouncer(quiet: debounce, bound: max(debounce * 10, .seconds(1))))
    watch(watcher, &state)
    start(&state, feed)
    for await event in events {
      switch event {
      case .changed(let change):
        // Headers have an extension; what has none is an editor's.
        guard change.isListed || state.hasFailed && change.path.extension != nil else { continue }
        let name = change.path.lastComponent?.string ?? change.path.string
        if !state.changed.contains(name) { state.changed.append(name) }
        state.noticed = .now
        state.reload?.cancel()
        follow(
          state.debouncer.change(at: .now, isComplete: change.isComplete), &state, feed)
      case .settled:
        follow(state.debouncer.decide(at: .now), &state, feed)
      case .finished(let result):
        state.reload = nil
        report(result, &state)
        if case .success(let report) = result {
          state.trial = Task { [verdict] in
            if let failure = await verdict(report) { feed.yield(.rolledBack(failure)) }
          }
        }
        if !state.isDue { startPreparation(&state) }
        let known = state.files
        watch(watcher, &state)
        if state.isDue {
          start(&state, feed)
        } else if case .success = result, state.timer == nil, !state.files.isSubset(of: known) {
          // What the build was the first to read may have been saved before it was watched.
          start(&state, feed)
          state.isPrecaution = true
        }
      case .rolledBack(let failure):
        terminal.endProgress()
        terminal.failure(failure)
      }
    }
    state.timer?.cancel()
    state.reload?.cancel()
    state.trial?.cancel()
    state.preparation?.cancel()
    await state.reload?.value
    await state.trial?.value
    await state.preparation?.value
  }

  private func follow(
    _ decision: Debouncer<ContinuousClock.Instant>.Decision, _ state: inout State,
    _ feed: AsyncStream<Event>.Continuation
  ) {
    state.timer?.cancel()
    state.timer = nil
    switch decision {
    case .idle:
      break
    case .wait(let until):
      state.timer = Task {
        // Cancelled means: there is a later one.
        guard (try? await Task.sleep(until: until, clock: .continuous)) != nil else { return }
        feed.yield(.settled)
      }
    case .act:
      if state.reload == nil { start(&state, feed) } else { state.isDue = true }
    }
  }

  private func start(_ state: inout State, _ feed: AsyncStream<Event>.Continuation) {
    state.isDue = false
    state.isPrecaution = false
    state.reloading = state.changed
    state.changed = []
    state.trial?.cancel()
    let noticed = state.noticed.map { ContinuousClock.now - $0 }
    state.noticed = nil
    state.reload = Task { [reload] in
      do throws(CommandFailure) {
        var report = try await reload()
        if let noticed { report.timings.addNotice(noticed) }
        feed.yield(.finished(.success(report)))
      } catch {
        feed.yield(.finished(.failure(error)))
      }
    }
  }

  private func startPreparation(_ state: inout State) {
    state.preparation = Task { [prepare, last = state.preparation] in
      last?.cancel()
      await last?.value
      await prepare()
    }
  }

  private func watch(_ watcher: FileWatcher, _ state: inout State) {
    do throws(CommandFailure) {
      state.files = try files()
      do throws(WatchError) { try watcher.watch(state.files) } catch { throw Self.failure(error) }
    } catch {
      terminal.failure(error)
    }
  }

  // MARK: - Output

  private func report(_ result: Result<ReloadReport, CommandFailure>, _ state: inout State) {
    terminal.endProgress()
    let cause = state.reloading.isEmpty ? "" : state.reloading.joined(separator: ", ") + ": "
    switch result {
    case .success(let report):
      state.hasFailed = false
      if state.isPrecaution, report.isUnchanged { return }
      for warning in report.warnings { terminal.verbatim(warning) }
      write(report, cause)
    case .failure(let failure) where failure.exit == nil:
      // Stale: what led to it leads to the next one as well.
      state.changed = state.reloading + state.changed.filter { !state.reloading.contains($0) }
      if isVerbose { terminal.note("\(cause)cancelled by another save") }
    case .failure(let failure):
      state.hasFailed = true
      terminal.failure(failure)
      if style == .json { writeJSON(FailureReport(failure)) }
      terminal.note("\(cause)not reloaded; watching on")
    }
  }

  private func write(_ report: ReloadReport, _ cause: String) {
    switch style {
    case .line: terminal.result("\(cause)\(Self.describe(report))")
    case .timings:
      terminal.result("\(cause)\(Self.describe(report))")
      for row in report.timings.table { terminal.result(row) }
    case .json: writeJSON(report)
    }
  }

  /// Programs read it: nothing of ours goes before it.
  private func writeJSON(_ value: some Encodable) {
    var plain = terminal
    plain.prefix = ""
    do throws(CommandFailure) {
      plain.result(try JSONText.encode(value, isIndented: false))
    } catch {
      terminal.failure(error)
    }
  }

  static func describe(_ report: ReloadReport) -> String {
    let switched = report.modules.filter { $0.outcome == .switched }
    let modules = (switched.isEmpty ? report.modules : switched)
      .map { "\($0.name) \(HexText.short($0.id))" }.joined(separator: ", ")
    let verb =
      switched.isEmpty ? "unchanged" : switched.count == 1 ? "runs" : "run"
    return "\(modules) \(verb), \(report.timings.line)"
  }

  private static func failure(_ error: WatchError) -> CommandFailure {
    switch error {
    case .limitReached:
      CommandFailure(
        .failure, "the system gives no more file watches",
        hint: "raise it: sudo sysctl fs.inotify.max_user_watches=524288")
    case .failed(let error):
      CommandFailure(.failure, "files cannot be watched: \(error)")
    }
  }
}
