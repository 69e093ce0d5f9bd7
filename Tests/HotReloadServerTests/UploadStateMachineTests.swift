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
    case start, receive, succeeded, failed, tickInTime, tickLate, abort
  }

  struct Row: CustomTestStringConvertible {
    var state: State
    var input: Input
    var outcome: String
    /// Whether the server is free afterwards.
    var isFree: Bool

    var testDescription: String { "\(input) in \(state)" }
  }

  static let rows =
    table(.idle, free: true, "begin", "0", "none", "none", "none", "none", "false")
    + table(
      .beginning, "busy", "0", "receive", "refuseFailed*", "none", "none", "true*")
    + table(
      .receiving, "busy", "5", "none", "discardFailed*", "none", "discard(bodyTimeout)*", "true*")
    + table(
      .writingPart, "busy", "0", "receive", "discardFailed*", "none", "none", "true*")
    + table(.writingAll, "busy", "0", "finish", "discardFailed*", "none", "none", "true*")
    + table(
      .writingWrong, "busy", "0", "discard(wrongDigest)*", "discardFailed*", "none", "none",
      "true*")
    + table(.finishing, "busy", "0", "respond*", "discardFailed*", "none", "none", "true*")

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

  /// A machine in a given state, and a second one to see whether the server is free.
  private final class Machine {
    private var server = ServerState(
      configuration: ServerConfiguration(
        authentication: .body, key: TestDevice.key, maximumLength: 100))
    private var machine = UploadStateMachine<SoftwareSHA256>()
    private var now: UInt64 = 0

    init(in state: State) {
      if state == .idle { return }
      _ = input(.start)
      if state == .beginning { return }
      _ = machine.succeeded(now: now, server: &server)
      if state == .receiving { return }
      let body = state == .writingPart ? "hel" : state == .writingWrong ? "HELLO" : "hello"
      _ = receive(body)
      if state == .finishing { _ = machine.succeeded(now: now, server: &server) }
    }

    var isFree: Bool {
      var other = UploadStateMachine<SoftwareSHA256>()
      return start(&other) == "begin"
    }

    func input(_ input: Input) -> String {
      switch input {
      case .start: start(&machine)
      case .receive: "\(receive("hello, and more"))"
      case .succeeded: text(of: machine.succeeded(now: now, server: &server))
      case .failed: text(of: machine.failed(server: &server))
      case .tickInTime: text(of: machine.tick(now: now + 9_999_999, server: &server))
      case .tickLate: text(of: machine.tick(now: now + 10_000_000, server: &server))
      case .abort: "\(machine.abort(server: &server))"
      }
    }

    private func text(of action: UploadAction) -> String {
      if case .discard(let error) = action { "discard(\(error))" } else { "\(action)" }
    }

    private func receive(_ text: String) -> Int {
      let bytes = Array(text.utf8)
      return machine.receive(bytes.span, now: now)
    }

    private func start(_ machine: inout UploadStateMachine<SoftwareSHA256>) -> String {
      var parser = RequestParser()
      let head = Array(UploadRequestText(signed: "hello").head.utf8)
      _ = parser.receive(head.span)
      do throws(ServerError) {
        try machine.start(parser.head, now: now, server: &server)
        return "begin"
      } catch {
        return "\(error)"
      }
    }
  }
}
