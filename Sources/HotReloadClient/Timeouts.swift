/// How long a client waits.
public struct Timeouts: Equatable, Sendable {
  /// For a connection: name look-up not included.
  public var connect: Duration
  /// For progress: a byte of the request taken, or the complete reply after the last one.
  public var reply: Duration

  /// Defaults for a device in the same network.
  public init(connect: Duration = .seconds(5), reply: Duration = .seconds(10)) {
    self.connect = connect
    self.reply = reply
  }
}
