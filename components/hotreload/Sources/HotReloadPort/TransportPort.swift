/// The byte stream to one HTTP peer.
public protocol TransportPort {
  /// Sends bytes; returns when the channel took them or the peer is gone.
  mutating func send(_ bytes: RawSpan)
  /// Ends the connection after what was sent, where the channel can.
  mutating func close()
}
