/// Why one attempt of a request failed, and whether another one is worth it.
enum AttemptError: Error {
  /// The connection ended before a reply: the device may have closed it while it was idle.
  case connectionLost(ClientError)
  case final(ClientError)

  init(_ error: TransportError, _ url: DeviceURL) {
    self =
      switch error {
      case .notConnected(let reason), .timedOut(let reason), .lost(let reason, replyBegan: true):
        .final(.unreachable(url, reason: reason))
      case .lost(let reason, replyBegan: false):
        .connectionLost(.unreachable(url, reason: reason))
      case .malformed(let detail):
        .final(.protocolViolation(url, detail: detail))
      }
  }

  var clientError: ClientError {
    switch self {
    case .connectionLost(let error), .final(let error): error
    }
  }
}
