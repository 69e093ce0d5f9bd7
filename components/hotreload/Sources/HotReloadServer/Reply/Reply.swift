import HotReloadPort

/// What the server tells a client.
public enum ReplyKind: Equatable, Sendable {
  /// `100 Continue`: send the body.
  case proceed
  case nonce
  case pending
  case status
  case stored
  case refusal
}

/// One reply, as plain data; `ReplyWriter` makes the text.
public struct Reply: ~Copyable {
  /// Which reply.
  public var kind: ReplyKind
  /// Whether it is the last one on its connection.
  public var closesConnection = false
  /// Of a `nonce`.
  public var nonce = Nonce(bytes: .init(repeating: 0))
  /// Bytes that are `stored`.
  public var length: UInt32 = 0
  /// Of a `refusal`.
  public var refusal = Refusal(.internal, "")
  /// What `%s` in the refusal's sentence stands for.
  public var text = ShortText()

  /// A reply whose other fields are set where they matter.
  public init(_ kind: ReplyKind) { self.kind = kind }

  /// The HTTP status.
  public var status: UInt16 {
    switch kind {
    case .proceed: 100
    case .nonce, .pending, .status, .stored: 200
    case .refusal: refusal.code.status
    }
  }
}
