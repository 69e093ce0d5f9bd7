import HotReloadPort

/// One request whose head is known, up to its reply. The same for every way that requests come in; knows no socket and no
/// clock.
///
/// ```
///   start ── wrong, GET /status, GET /pending ─────────────────────────▶ replying ──send──▶ (ending)
///     │ GET /challenge: issueNonce                          issue          ▲ ▲ │
///     ├────────────────────────────▶ drawing ──────────────────────────────┘ │ │ 100 Continue was sent
///     │ POST /upload: begin                    refused, stored, 100 Continue │ ▼
///     └────────────────────────────▶ uploading ──────────────────────────────┴─uploading
///                                     │    ▲ │ failed, wrong digest            ▲
///                            complete ▼    │ └────────▶ refusing ──discard─────┤
///                                   verified ─finish─▶ uploading               │
///                                                       late ──discard─────────┘
/// ```
///
/// A driver does what `advance` of its session says and answers `issueNonce` by `issue`, the others that ask for an answer by
/// `succeeded` or `failed`.
public struct RequestExchange: ~Copyable {
  private enum State {
    /// The driver draws a nonce.
    case drawing
    /// The upload machine has the say.
    case uploading
    /// The upload is complete: `finish` comes next.
    case verified
    /// `discard` comes next, then the refusal.
    case refusing
    /// `send` comes next.
    case replying
  }

  /// What comes after a reply.
  enum Ending {
    /// The body of the upload: the reply was `100 Continue`.
    case body
    /// Another request.
    case nextRequest
    /// The rest of a refused body, then the end of the connection.
    case restOfBody
    /// The end of the connection.
    case close
    /// The same; where the next request would begin is not known.
    case closeLost
  }

  private var state = State.replying
  /// Bytes of the body that were not taken.
  var unread: UInt32 = 0
  /// Whether the client waits for `100 Continue`, and may leave the body out.
  private var holdsBack = false
  /// Whether the end of the request is unknown.
  private var isLost = false
  /// Whether the client reads another reply on this connection.
  var keepsAlive = false
  /// What to `send`.
  public private(set) var reply = Reply(.status)

  init() {}

  /// Goes on in the body of an upload that was begun before.
  mutating func resumeUpload(unread: UInt32, keepsAlive: Bool) {
    state = .uploading
    self.unread = unread
    self.keepsAlive = keepsAlive
  }

  /// Makes the next piece of the reply to `send`; false after the last one.
  public mutating func write(
    _ writer: inout ReplyWriter, device: inout DeviceStatus, modules: Span<ModuleStatus>
  ) -> Bool {
    writer.next(&reply, device: &device, modules: modules)
  }

  /// The driver's answer to `issueNonce`; nil if there is no source of randomness.
  @inline(never)
  public mutating func issue(
    _ nonce: Nonce?, now: UInt64, server: inout ServerState<some SHA256Hasher>
  ) {
    guard case .drawing = state else { return }
    if let nonce {
      reply.nonce = nonce
      server.nonces.issue(reply.nonce.bytes.span, now: now)
      reply.kind = .nonce
      state = .replying
    } else {
      refuse(.noRandomness)
    }
  }

  /// The driver's answer to `begin`, `write` and `finish`: done.
  @inline(never)
  public mutating func succeeded(now: UInt64, server: inout ServerState<some SHA256Hasher>) {
    follow(server.upload.succeeded(now: now), length: server.upload.length)
  }

  /// The driver's answer to `begin`, `write` and `finish`: not possible, for this reason. `text` is what `%s` stands
  /// for in its sentence.
  @inline(never)
  public mutating func failed(
    _ refusal: Refusal, text: Span<UInt8> = Span(), server: inout ServerState<some SHA256Hasher>
  ) {
    reply.kind = .refusal
    reply.refusal = refusal
    reply.text.set(text)
    follow(server.upload.failed(), length: 0)
  }

  /// Takes a head that arrived at `now` (microseconds), and says what to do first.
  @inline(never)
  mutating func start(
    _ head: borrowing RequestHead, now: UInt64, server: inout ServerState<some SHA256Hasher>
  ) -> ServerAction {
    unread = head.length
    holdsBack = head.expectsContinue
    isLost = head.hasUnknownLength
    keepsAlive = head.keepsAlive
    state = .replying
    do throws(ServerError) {
      return try route(head, now: now, server: &server)
    } catch {
      refuse(error)
      return .send
    }
  }

  /// Takes bytes of the body and says what to do next.
  mutating func advance(
    _ bytes: Span<UInt8>, _ consumed: inout Int, now: UInt64,
    server: inout ServerState<some SHA256Hasher>
  ) -> ServerAction {
    switch state {
    case .drawing:
      return .wait
    case .uploading:
      return takeBody(bytes, &consumed, now: now, server: &server)
    case .verified:
      state = .uploading
      return .finish
    case .refusing:
      state = .replying
      return .discard
    case .replying:
      return .send
    }
  }

  /// Refuses what cannot be followed any more.
  mutating func lose(_ error: ServerError) {
    isLost = true
    refuse(error)
  }

  /// Decides what comes after the reply that is about to be sent, which says so.
  @inline(never)
  mutating func conclude() -> Ending {
    reply.closesConnection = true
    if reply.kind == .proceed {
      holdsBack = false
      state = .uploading
      return .body
    }
    if isLost || holdsBack && unread > 0 { return .closeLost }
    // A client that sends all before it reads would otherwise lose the reply to a connection reset.
    if unread > 0 { return .restOfBody }
    guard keepsAlive else { return .close }
    reply.closesConnection = false
    return .nextRequest
  }

  /// The client is gone. True if there is an upload to discard.
  mutating func abort(server: inout ServerState<some SHA256Hasher>) -> Bool {
    defer { state = .replying }
    switch state {
    case .uploading, .verified: return server.upload.abort()
    case .replying where reply.kind == .proceed: return server.upload.abort()
    case .refusing: return true
    case .drawing, .replying: return false
    }
  }
}

extension RequestExchange {
  private mutating func route(
    _ head: borrowing RequestHead, now: UInt64, server: inout ServerState<some SHA256Hasher>
  ) throws(ServerError) -> ServerAction {
    if let error = head.error { throw error }
    let path = head.path
    if path == .other { throw .nothingHere }
    if path == .upload {
      guard head.method == .post else { throw .usePost }
      try server.startUpload(head, now: now)
      state = .uploading
      return .begin
    }
    guard head.method == .get else { throw .useGet }
    guard unread == 0 else { throw .unexpectedBody }
    if path == .challenge {
      state = .drawing
      return .issueNonce
    }
    reply.kind = path == .pending ? .pending : .status
    return .send
  }

  private mutating func takeBody(
    _ bytes: Span<UInt8>, _ consumed: inout Int, now: UInt64,
    server: inout ServerState<some SHA256Hasher>
  ) -> ServerAction {
    if case .discard(let error) = server.upload.tick(now: now, isIdle: bytes.isEmpty) {
      lose(error)
      return .discard
    }
    consumed = server.upload.receive(bytes)
    unread -= UInt32(truncatingIfNeeded: consumed)
    return consumed > 0 ? .write : .wait
  }

  @inline(never)
  private mutating func follow(_ action: UploadAction, length: UInt32) {
    switch action {
    case .none:
      break
    case .receive:
      if holdsBack {
        reply.kind = .proceed
        state = .replying
      }
    case .finish:
      state = .verified
    case .respond:
      reply.kind = .stored
      reply.length = length
      state = .replying
    case .discard(let error):
      refuse(error)
      state = .refusing
    case .discardFailed:
      state = .refusing
    case .refuseFailed:
      state = .replying
    }
  }

  @inline(never)
  private mutating func refuse(_ error: ServerError) {
    reply.kind = .refusal
    reply.refusal = error.refusal
    reply.text.set(error.text.bytes)
    state = .replying
  }
}
