/// What the server tells a client.
public enum ReplyContent {
  /// `100 Continue`: send the body.
  case proceed
  case nonce(Nonce)
  case pending
  case status
  /// So many bytes are stored.
  case stored(UInt32)
  case refusal(Refusal)
}

/// One reply, as plain data; `ReplyWriter` makes the text.
public struct Reply {
  public var content: ReplyContent
  /// Whether it is the last one on its connection.
  public var closesConnection: Bool

  public init(_ content: ReplyContent, closesConnection: Bool) {
    self.content = content
    self.closesConnection = closesConnection
  }

  /// The HTTP status.
  public var status: UInt16 {
    switch content {
    case .proceed: 100
    case .nonce, .pending, .status, .stored: 200
    case .refusal(let refusal): refusal.code.status
    }
  }
}
