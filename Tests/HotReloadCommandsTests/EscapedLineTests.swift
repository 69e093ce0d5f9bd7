import NIOCore
import Testing

@testable import HotReloadCommands

@Suite struct EscapedLineTests {
  private static let text: [UInt8] = Array("hi".utf8)
  /// The answer to the first connection.
  private static let first: [UInt8] = [0xDB, 0x4F, 1]
  private static let another: [UInt8] = [0xDB, 0x4F, 0]
  private static let close: [UInt8] = [0xDB, 0x43]
  private static let cut: [UInt8] = [0xDB, 0x00]

  private func line(in state: EscapedLine.State) -> EscapedLine {
    var line = EscapedLine()
    if state != .free { #expect(line.connect() == .connected(1)) }
    if state == .taken { _ = line.received(ByteBuffer(bytes: Self.first)) }
    #expect(line.state == state)
    return line
  }

  private enum End: Equatable {
    case none
    /// The device said it.
    case heard
    /// The computer says it.
    case said
  }

  /// Every state and all that a device can say in it.
  @Test(
    arguments: [
      (.free, text, .free, "", .none), (.free, first, .free, "", .none),
      (.free, close, .free, "", .none), (.free, cut, .free, "", .none),
      (.calling, text, .calling, "", .none), (.calling, first, .taken, "", .none),
      (.calling, another, .calling, "", .none), (.calling, close, .calling, "", .none),
      (.calling, cut, .calling, "", .none),
      (.taken, text, .taken, "hi", .none), (.taken, first, .free, "", .said),
      (.taken, another, .free, "", .said), (.taken, close, .free, "", .heard),
      (.taken, cut, .free, "", .said),
    ] as [(EscapedLine.State, [UInt8], EscapedLine.State, String, End)])
  private func followsTheDevice(
    from: EscapedLine.State, says: [UInt8], to: EscapedLine.State, bytes: String, end: End
  ) {
    var line = line(in: from)
    let outcome = line.received(ByteBuffer(bytes: says))
    #expect(line.state == to)
    #expect(String(buffer: outcome.bytes) == bytes)
    #expect(outcome.isOver == (end != .none))
    #expect(outcome.reply == (end == .said ? .closed : nil))
  }

  @Test(
    arguments: [(.free, nil), (.calling, .closed), (.taken, .closed)]
      as [(EscapedLine.State, LineEscape?)])
  func hangsUpOnce(from: EscapedLine.State, says: LineEscape?) {
    var line = line(in: from)
    #expect(line.hangUp() == says)
    #expect(line.hangUp() == nil)
    #expect(line.state == .free)
  }

  @Test func onlyTheBytesOfTheConnectionComeOut() {
    var line = line(in: .calling)
    let outcome = line.received(
      ByteBuffer(
        bytes: Self.another + Self.text + Self.close + Self.first + [0x31, 0xDB, 0xDD] + Self.close
          + Self.text))
    #expect(Array(outcome.bytes.readableBytesView) == [0x31, 0xDB])
    #expect(outcome.isOver)
    #expect(line.state == .free)
  }

  @Test func noNumberIsUsedAgainBeforeItWasAnswered() {
    var line = EscapedLine()
    var numbers: Set<UInt8> = []
    while case .connected(let number) = line.connect() {
      #expect(numbers.insert(number).inserted, "\(number)")
      _ = line.hangUp()
    }
    #expect(numbers.count == 127)
    // The 100th is answered: so many are free again.
    _ = line.received(ByteBuffer(bytes: [0xDB, 0x4F, 100]))
    numbers = []
    while case .connected(let number) = line.connect() {
      numbers.insert(number)
      _ = line.hangUp()
    }
    #expect(numbers == Set(0...99))
  }
}
