/// Why one attempt of a request failed, and whether another one is worth it.
enum AttemptError: Error {
  /// The connection ended before a reply, which the device may have closed while it was idle; or the device has
  /// forgotten a nonce that was fetched ahead.
  case again(ClientError)
  case final(ClientError)

  init(_ error: TransportError, _ url: DeviceURL) {
    self =
      switch error {
      case .notConnected(let reason), .timedOut(let reason), .lost(let reason, replyBegan: true):
        .final(.unreachable(url, reason: reason))
      case .lost(let reason, replyBegan: false):
        .again(.unreachable(url, reason: reason))
      case .malformed(let detail):
        .final(.protocolViolation(url, detail: detail))
      }
  }

  var clientError: ClientError {
    switch self {
    case .again(let error), .final(let error): error
    }
  }
}
