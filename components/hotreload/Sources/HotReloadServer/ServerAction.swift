/// What the driver of a connection does next.
///
/// Every `begin` that succeeded is ended by exactly one `discard` or one `finish` that succeeded.
public enum ServerAction: Equatable, Sendable {
  /// All bytes are used: come back with more, and without any from time to time so that deadlines expire.
  case wait
  /// Send the session's `reply` (`ReplyWriter`).
  case send
  /// Draw 16 random bytes and answer by `issue`.
  case issueNonce
  /// Make room for an upload of the session's `length` for its `partition`, where it will not be seen; answer by
  /// `succeeded` or `failed`.
  case begin
  /// Store the bytes that this step consumed; answer by `succeeded` or `failed`.
  case write
  /// The upload is complete and has the session's `sha256`: check it and make it current; answer by `succeeded` or
  /// `failed`.
  case finish
  /// Drop the upload that `begin` made room for.
  case discard
  /// End the connection after what was sent, where the channel can.
  case close
}

/// One action, and how many bytes led to it.
public struct ServerStep: Equatable, Sendable {
  /// Bytes used up, counted from the first one given.
  public var consumed: Int
  /// What to do.
  public var action: ServerAction
}
