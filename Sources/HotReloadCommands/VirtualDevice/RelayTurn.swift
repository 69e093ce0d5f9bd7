import NIOCore

/// One client's turn on a device that serves one connection at a time: when it is over. No I/O, no clock.
struct RelayTurn {
  /// How long a turn goes on while nothing happens.
  struct Limits {
    /// A client that asks nothing makes room for those who wait.
    var idle = TimeAmount.milliseconds(250)
    /// A client that does not finish a request, or read its reply: more than the device's own 10 s
    /// (docs/PROTOCOL.md), so that it can say 408.
    var stall = TimeAmount.seconds(12)
    /// What the device may still answer to a client that sends no more.
    var farewell = TimeAmount.seconds(2)
  }

  private let limits: Limits
  private var replies = ReplyFollower()
  /// Whether the client sent something since the last complete reply.
  private var isOwedReply = false
  /// When the last byte moved, in either direction.
  private var moved: NIODeadline
  /// When the client's side ended while a reply was owed.
  private var farewell: NIODeadline?
  private var isOver = false

  /// Begins with the connection to the device.
  init(at now: NIODeadline, limits: Limits = Limits()) {
    moved = now
    self.limits = limits
  }

  /// The client sent bytes.
  mutating func clientSent(at now: NIODeadline) {
    isOwedReply = true
    moved = now
  }

  /// The device sent bytes.
  mutating func deviceSent(_ bytes: some Collection<UInt8>, at now: NIODeadline) {
    moved = now
    if replies.see(bytes) && replies.isBetweenReplies { isOwedReply = false }
    if replies.isOver { isOver = true }
  }

  /// The client sends no more: it may still read.
  mutating func clientEnded(at now: NIODeadline) {
    guard farewell == nil else { return }
    if isOwedReply { farewell = now } else { isOver = true }
  }

  /// When the turn is over if nothing else happens; nil if never.
  func end(othersWait: Bool) -> NIODeadline? {
    if isOver { return .distantPast }
    if let farewell {
      // Requests may have been sent in a row: the next reply comes soon after the last.
      let end = farewell + limits.farewell
      return isOwedReply ? end : min(end, moved + limits.idle)
    }
    guard othersWait else { return nil }
    return moved + (isOwedReply || !replies.isBetweenReplies ? limits.stall : limits.idle)
  }
}
