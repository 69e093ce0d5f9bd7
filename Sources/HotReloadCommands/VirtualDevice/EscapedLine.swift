import NIOCore

/// The computer's end of the escaped line: which bytes of the device are whose. No I/O.
///
/// ```
///          connect()              device: its number
///   free ─────────────▶ calling ─────────────────────▶ taken
///    ▲                     │                              │
///    └─────────────────────┴──────────────────────────────┘
///           hangUp()         hangUp(), device: closed, or bytes are missing
/// ```
///
/// What the device says before it repeats the number is of earlier connections. So nothing has to be waited for
/// between two of them.
struct EscapedLine {
  enum State: Equatable {
    case free, calling, taken
  }

  /// What is to be done after bytes of the device.
  struct Outcome: Equatable {
    /// For the client.
    var bytes = ByteBuffer()
    /// The connection is over: the device hung up, or what it says makes no sense.
    var isOver = false
    /// For the device.
    var reply: LineEscape?
  }

  private(set) var state = State.free
  private var decoder = LineDecoder()
  /// Of the last connection.
  private var number: UInt8 = 0
  /// How many connections up to the last one the device did not answer yet: their numbers are not used again.
  private var unanswered: UInt8 = 0

  /// Begins a connection; only while the line is free.
  ///
  /// - Returns: what to say; bytes of the client may follow at once. Nil if the device has left too many
  ///   connections unanswered.
  mutating func connect() -> LineEscape? {
    precondition(state == .free, "one connection at a time")
    guard unanswered < LineEscape.numberCount - 1 else { return nil }
    unanswered += 1
    number = (number + 1) % LineEscape.numberCount
    state = .calling
    return .connected(number)
  }

  /// The client is gone, or its turn is over.
  ///
  /// - Returns: what to say; nil if the connection is over already.
  mutating func hangUp() -> LineEscape? {
    guard state != .free else { return nil }
    state = .free
    return .closed
  }

  /// The device said something.
  mutating func received(_ line: ByteBuffer) -> Outcome {
    var outcome = Outcome()
    var line = line
    while true {
      var bytes = ByteBuffer()
      let event = decoder.next(in: &line, bytes: &bytes)
      if state == .taken { outcome.bytes.writeBuffer(&bytes) }
      guard let event else { return outcome }
      if case .escape(.connected(let number)) = event { answered(number) }
      switch (state, event) {
      case (.calling, .escape(.connected(number))):
        state = .taken
      case (.taken, .escape(.closed)):
        state = .free
        outcome.isOver = true
      case (.taken, _):
        state = .free
        outcome.isOver = true
        outcome.reply = .closed
      case (.free, _), (.calling, _):
        break
      }
    }
  }

  /// The device answers in the order in which it was asked.
  private mutating func answered(_ number: UInt8) {
    let later = (self.number &+ LineEscape.numberCount &- number) % LineEscape.numberCount
    unanswered = min(unanswered, later)
  }
}
