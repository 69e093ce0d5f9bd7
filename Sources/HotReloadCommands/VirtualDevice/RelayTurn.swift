import NIOCore

/// One client's turn on a device that serves one connection at a time: when it is over. No I/O, no clock.
struct RelayTurn {
  /// A client that asks nothing makes room for those who wait.
  static let idleLimit = TimeAmount.milliseconds(250)
  /// A client that does not finish a request, or read its reply: more than the device's own 10 s
  /// (docs/PROTOCOL.md), so that it can say 408.
  static let stallLimit = TimeAmount.seconds(12)
  /// What the device may still answer to a client that sends no more.
  static let farewellLimit = TimeAmount.seconds(2)

  private var replies = ReplyFollower()
  /// Whether the client sent something since the last complete reply.
  private var isOwedReply = false
  /// When the last byte moved, in either direction.
  private var moved: NIODeadline
  /// When the client's side ended while a reply was owed.
  private var farewell: NIODeadline?
  private var isOver = false

  /// Begins with the connection to the device.
  init(at now: NIODeadline) { moved = now }

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
      let end = farewell + Self.farewellLimit
      return isOwedReply ? end : min(end, moved + Self.idleLimit)
    }
    guard othersWait else { return nil }
    return moved + (isOwedReply || !replies.isBetweenReplies ? Self.stallLimit : Self.idleLimit)
  }
}
