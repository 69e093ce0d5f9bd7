import HotReloadPort
import HotReloadServer
import HotReloadSoftwareCrypto
import Testing

/// The transitions of the diagram in `UploadStateMachine`, one row each.
@Suite("Upload state machine")
struct UploadStateMachineTests {
  enum State: CaseIterable {
    case idle, beginning, receiving, writingPart, writingAll, writingWrong, finishing
  }

  enum Input: CaseIterable {
    case start, receive, succeeded, failed, tickInTime, tickLate, tickBusy, tickBusyLate, abort
  }

  struct Row: CustomTestStringConvertible {
    var state: State
    var input: Input
    var outcome: String
    /// Whether the machine is free afterwards.
    var isFree: Bool

    var testDescription: String { "\(input) in \(state)" }
  }

  static let rows =
    table(
      .idle, free: true, "begin", "0", "none", "none", "none", "none", "none", "none", "false")
    + table(
      .beginning, "busy", "0", "receive", "refuseFailed*", "none", "none", "none", "none", "true*")
    + table(
      .receiving, "busy", "5", "none", "discardFailed*", "none", "discard(bodyTimeout)*", "none",
      "discard(bodyTimeout)*", "true*")
    + table(
      .writingPart, "busy", "0", "receive", "discardFailed*", "none", "none", "none", "none",
      "true*")
    + table(
      .writingAll, "busy", "0", "finish", "discardFailed*", "none", "none", "none", "none", "true*")
    + table(
      .writingWrong, "busy", "0", "discard(wrongDigest)*", "discardFailed*", "none", "none",
      "none", "none", "true*")
    + table(
      .finishing, "busy", "0", "respond*", "discardFailed*", "none", "none", "none", "none",
      "true*")

  /// One row for each input in order; a star means that the upload is over.
  private static func table(_ state: State, free: Bool = false, _ outcomes: String...) -> [Row] {
    zip(Input.allCases, outcomes).map { input, outcome in
      let ends = outcome.hasSuffix("*")
      return Row(
        state: state, input: input, outcome: ends ? String(outcome.dropLast()) : outcome,
        isFree: ends || free && outcome != "begin")
    }
  }

  @Test("every input in every state", arguments: rows)
  func transition(row: Row) {
    let machine = Machine(in: row.state)
    #expect(machine.input(row.input) == row.outcome)
    #expect(machine.isFree == row.isFree)
  }

  /// A machine in a given state.
  private final class Machine {
    private var machine = UploadStateMachine<SoftwareSHA256>()
    private var nonces = NonceTable()
    private var now: UInt64 = 0

    init(in state: State) {
      if state == .idle { return }
      _ = input(.start)
      if state == .beginning { return }
      _ = machine.succeeded(now: now)
      if state == .receiving { return }
      let body = state == .writingPart ? "hel" : state == .writingWrong ? "HELLO" : "hello"
      _ = receive(body)
      if state == .finishing { _ = machine.succeeded(now: now) }
    }

    var isFree: Bool { start() == "begin" }

    func input(_ input: Input) -> String {
      switch input {
      case .start: start()
      case .receive: "\(receive("hello, and more"))"
      case .succeeded: text(of: machine.succeeded(now: now))
      case .failed: text(of: machine.failed())
      case .tickInTime: text(of: machine.tick(now: now + 9_999_999, isIdle: true))
      case .tickLate: text(of: machine.tick(now: now + 10_000_000, isIdle: true))
      case .tickBusy: text(of: machine.tick(now: now + 60_004_999, isIdle: false))
      case .tickBusyLate: text(of: machine.tick(now: now + 60_005_000, isIdle: false))
      case .abort: "\(machine.abort())"
      }
    }

    private func text(of action: UploadAction) -> String {
      if case .discard(let error) = action { "discard(\(error))" } else { "\(action)" }
    }

    private func receive(_ text: String) -> Int {
      let bytes = Array(text.utf8)
      return machine.receive(bytes.span)
    }

    private func start() -> String {
      var parser = RequestParser()
      let head = Array(UploadRequestText(signed: "hello").head.utf8)
      _ = parser.receive(head.span)
      let configuration = ServerConfiguration(
        authentication: .body, key: TestDevice.key, maximumLength: 100)
      do throws(ServerError) {
        try machine.start(
          parser.head, now: now, nonces: &nonces, configuration: configuration)
        return "begin"
      } catch {
        return "\(error)"
      }
    }
  }
}
