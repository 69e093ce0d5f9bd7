/// Why the device did not do what it was asked for.
public enum ClientError: Error, Equatable, Sendable {
  /// Nobody answered: no route, no listener, a connection lost, or no reply in time.
  case unreachable(DeviceURL, reason: String)
  /// The device answered with a status other than 200.
  case refused(Refusal)
  /// What answered does not speak docs/PROTOCOL.md.
  case protocolViolation(DeviceURL, detail: String)
  /// The calling task was cancelled.
  case cancelled
}

/// A device's refusal (docs/PROTOCOL.md, "Refusals").
public struct Refusal: Codable, Equatable, Sendable {
  /// HTTP status.
  public var status: Int
  /// A short code; empty where the reply was no JSON.
  public var error: String
  /// A sentence of the device, or the text of the reply.
  public var detail: String

  /// What a device said.
  public init(status: Int, error: String, detail: String) {
    self.status = status
    self.error = error
    self.detail = detail
  }
}
