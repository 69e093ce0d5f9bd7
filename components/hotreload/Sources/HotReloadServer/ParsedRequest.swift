import HotReloadPort

/// What a request keeps from one call about it to the next.
public struct OpenRequest {
  /// When the rest of a refused body has to be there (microseconds).
  public var deadline: UInt64
  /// Bytes of the body that were not taken.
  public var unread: UInt32
  /// The number of its upload; 0 where the body is thrown away.
  public var upload: UInt32
  /// Whether the client reads another reply on this connection.
  public var keepsAlive: Bool

  /// A request; the fields are explained above.
  public init(deadline: UInt64, unread: UInt32, upload: UInt32, keepsAlive: Bool) {
    self.deadline = deadline
    self.unread = unread
    self.upload = upload
    self.keepsAlive = keepsAlive
  }
}

/// One call about a request whose head another HTTP server has read, such as esp_http_server. Knows no socket and no clock.
///
/// ```
/// begin ──┬── replied ───────────────────────────────────▶ done, close
///         ├── refused, body left ──▶ drain ── all, late ─▶ close
///         └── upload begun, 100 Continue ──▶ upload ─────▶ done, close, drain
/// ```
///
/// Requests may overlap: each keeps an `OpenRequest`, and a second upload is refused. The driver's loop is that of
/// `ServerSession`, but it ends at `send`, too: the reply may be sent when nobody is kept waiting.
public struct ParsedRequest: ~Copyable {
  /// What the connection is good for after this call.
  public enum Next: Equatable, Sendable {
    /// Another request: this one has its reply.
    case done
    /// Nothing: it ends after the reply, if there is one.
    case close
    /// The body, to be stored.
    case upload
    /// The body, to be thrown away: a client that sends it reads the reply afterwards.
    case drain
  }

  /// What comes after this call.
  public private(set) var next: Next
  /// Whether there is a reply to send after this call.
  public private(set) var hasReply = false
  /// Takes the driver's answers, and writes the reply.
  public var exchange: RequestExchange
  private var upload: UInt32 = 0
  private var deadline: UInt64 = 0

  /// A call that nothing was done for: where there is no server, it stays so.
  public init() {
    exchange = RequestExchange()
    next = .close
  }

  /// What to keep for the next call.
  public var open: OpenRequest {
    OpenRequest(
      deadline: deadline, unread: exchange.unread, upload: upload, keepsAlive: exchange.keepsAlive)
  }

  /// Takes the head of a request that arrived at `now` (microseconds), and says what to do first.
  public mutating func begin(
    _ head: borrowing RequestHead, now: UInt64, server: inout ServerState<some SHA256Hasher>
  ) -> ServerStep {
    next = .upload
    let action = exchange.start(head, now: now, server: &server)
    if action == .begin { upload = server.upload.number }
    if action == .send { conclude(now: now) }
    return ServerStep(consumed: 0, action: action)
  }

  /// Goes on with `request`, whose upload may have ended without it.
  @inline(never)
  public mutating func resume(
    _ request: OpenRequest, server: inout ServerState<some SHA256Hasher>
  ) {
    exchange.resumeUpload(unread: request.unread, keepsAlive: request.keepsAlive)
    deadline = request.deadline
    upload = request.upload
    next = upload == 0 ? .drain : server.isOpen(upload: upload) ? .upload : .close
  }

  /// Takes bytes of the body that arrived at `now` and says what to do next, as `ServerSession.advance` does.
  public mutating func advance(
    _ bytes: Span<UInt8>, now: UInt64, server: inout ServerState<some SHA256Hasher>
  ) -> ServerStep {
    var step = ServerStep(consumed: 0, action: .wait)
    switch next {
    case .done, .close: break
    case .drain: drain(bytes, now: now)
    case .upload:
      step.action = exchange.advance(bytes, &step.consumed, now: now, server: &server)
      if step.action == .send { conclude(now: now) }
    }
    return step
  }

  /// The client is gone. True if there is an upload to discard.
  public mutating func abort(server: inout ServerState<some SHA256Hasher>) -> Bool {
    next == .upload && exchange.abort(server: &server)
  }

  private mutating func drain(_ bytes: Span<UInt8>, now: UInt64) {
    exchange.unread -= min(UInt32(truncatingIfNeeded: bytes.count), exchange.unread)
    if exchange.unread == 0 || now >= deadline { next = .close }
  }

  @inline(never)
  private mutating func conclude(now: UInt64) {
    hasReply = true
    switch exchange.conclude() {
    case .body: next = .upload
    case .nextRequest: next = .done
    case .restOfBody:
      next = .drain
      upload = 0
      deadline = now + WireLimit.drainTime
    case .close, .closeLost: next = .close
    }
  }
}
