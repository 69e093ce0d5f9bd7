import NIOCore
import Testing

@testable import HotReloadCommands

@Suite struct RelayTurnTests {
  private enum Step: CustomTestStringConvertible {
    case sends, ends
    case reply(last: Bool), half

    var testDescription: String { "\(self)" }
  }

  private static func reply(_ connection: String) -> [UInt8] {
    Array("HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: \(connection)\r\n\r\n{}".utf8)
  }

  /// Steps happen at 1 s, 2 s and so on after the beginning; ends are milliseconds after the beginning.
  @Test(
    arguments: [
      // Nobody asks.
      ([], nil, 250),
      // Stops half-way.
      ([.sends], nil, 13_000),
      // Keeps alive.
      ([.sends, .reply(last: false)], nil, 2250),
      ([.sends, .reply(last: false), .sends], nil, 15_000),
      // Does not read on.
      ([.sends, .half], nil, 14_000),
      // Half-closes: an answer may come, and another.
      ([.sends, .ends], 4000, 4000),
      ([.sends, .ends, .reply(last: false)], 3250, 3250),
      ([.sends, .ends, .half], 4000, 4000),
    ] as [([Step], Int64?, Int64?)])
  private func endsWhen(steps: [Step], alone: Int64?, withOthers: Int64?) {
    let begin = NIODeadline.now()
    let turn = play(steps, from: begin)
    func at(_ time: Int64?) -> NIODeadline? { time.map { begin + .milliseconds($0) } }
    #expect(turn.end(othersWait: false) == at(alone))
    #expect(turn.end(othersWait: true) == at(withOthers))
  }

  @Test(
    arguments: [
      [.ends], [.sends, .reply(last: true)], [.sends, .reply(last: false), .ends],
      [.sends, .ends, .reply(last: true)],
    ] as [[Step]])
  private func isOverAtOnce(steps: [Step]) {
    #expect(play(steps, from: .now()).end(othersWait: false) == .distantPast)
  }

  private func play(_ steps: [Step], from begin: NIODeadline) -> RelayTurn {
    var turn = RelayTurn(at: begin)
    for (index, step) in steps.enumerated() {
      let now = begin + .seconds(Int64(index) + 1)
      switch step {
      case .sends: turn.clientSent(at: now)
      case .ends: turn.clientEnded(at: now)
      case .reply(let last):
        turn.deviceSent(Self.reply(last ? "close" : "keep-alive"), at: now)
      case .half: turn.deviceSent(Self.reply("close").dropLast(), at: now)
      }
    }
    return turn
  }
}
