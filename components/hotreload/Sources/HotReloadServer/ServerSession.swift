import HotReloadPort

/// One connection: requests out of a byte stream, replies and uploads as actions. Knows no socket and no clock.
///
/// ```
///   ┌──────────────────────────── GET / or POST / found ──────────────────────┐
///   ▼                                                                         │
/// reading ── head is wrong, late ──send──▶ closing(lost) ──close──▶ searching ┤
///   │  ▲                                        ▲                             │
///   │  └─────── next ────────┐                  │ end unknown, body held back │
///   │ head: GET              │                  │                             │
///   ├────────────▶ replying ─┴send─┬────────────┤                             │
///   │ head: GET        ▲ ▲         │ last one   └ body left ──▶ draining ─────┤
///   │ /challenge       │ │ issue   └──▶ closing ──close──▶ reading   │ all read,
///   ├────────▶ drawing ┘ │                                    ▲      │ late: close
///   │ head: POST         │                                    └──────┘ (request found)
///   │ /upload   refused  │ discard
///   ├────────────────────┤◀──────── refusing
///   ▼ begin     stored   │              ▲ failed, wrong digest, late
/// uploading ─────────────┴──────────────┘
///   │ ▲
///   ▼ │ finish
/// verified
/// ```
///
/// A channel that cannot close and does not tell when its peer goes (a UART) works too: after an error the session
/// swallows what is left and goes on at the next thing that looks like a request; a half-sent one ends at its deadline.
///
/// A driver's loop:
///
/// ```
/// var rest = bytes
/// while true {
///   let step = session.advance(rest, now: clock.now(), server: &server)
///   let used = rest.extracting(first: step.consumed)
///   rest = rest.extracting(droppingFirst: step.consumed)
///   switch step.action {
///   case .wait: return
///   case .send: while session.write(&writer, device: &status, modules: modules) { send(writer.bytes) }
///   case .issueNonce: session.issue(random.nonce(), now: clock.now(), server: &server)
///   case .begin: answer(begin(session.partition, session.length))
///   case .write: answer(write(used))
///   case .finish: answer(finish(session.sha256))
///   case .discard: discard()
///   case .close: close()
///   }
/// }
/// ```
public struct ServerSession<Hasher: SHA256Hasher>: ~Copyable {
  private enum State {
    /// In a request head, or before one.
    case reading
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
    /// In the body of a refused request.
    case draining
    /// `close` comes next.
    case closing(isLost: Bool)
    /// Nobody knows where the next request begins.
    case searching
  }

  private var state = State.reading
  /// When the head has to be complete, or the unread body swallowed.
  private var deadline: UInt64 = 0
  /// Bytes of the body that were not taken.
  private var unread: UInt32 = 0
  /// Whether the client waits for `100 Continue`, and may leave the body out.
  private var holdsBack = false
  /// Whether the end of the request is unknown.
  private var isLost = false
  private var parser = RequestParser()
  private var finder = RequestFinder()
  private var upload = UploadStateMachine<Hasher>()

  /// What to `send`.
  public private(set) var reply = Reply(.status)

  /// A connection on which nothing was received.
  public init() {}

  /// Bytes of the upload to `begin`.
  public var length: UInt32 { upload.length }

  /// The partition of the upload to `begin`, nil for the server's own.
  public var partition: PartitionLabel? { parser.head.partition }

  /// SHA-256 of the upload to `finish`.
  public var sha256: SHA256Digest { upload.sha256 }

  /// Makes the next piece of the reply to `send`; false after the last one.
  public mutating func write(
    _ writer: inout ReplyWriter, device: inout DeviceStatus, modules: Span<ModuleStatus>
  ) -> Bool {
    writer.next(&reply, device: &device, modules: modules)
  }

  /// Takes bytes that arrived at `now` (microseconds) and says what to do next. Call it with the bytes not yet consumed
  /// until it says `wait`; without bytes it lets deadlines expire.
  public mutating func advance(
    _ bytes: Span<UInt8>, now: UInt64, server: inout ServerState
  ) -> ServerStep {
    var consumed = 0
    let action: ServerAction
    switch state {
    case .reading:
      action = read(bytes, &consumed, now: now, server: &server)
    case .drawing:
      action = .wait
    case .uploading:
      action = takeBody(bytes, &consumed, now: now, server: &server)
    case .verified:
      state = .uploading
      action = .finish
    case .refusing:
      state = .replying
      action = .discard
    case .replying:
      action = send(now: now)
    case .draining, .searching:
      action = search(bytes, &consumed, now: now, server: &server)
    case .closing(let isLost):
      state = isLost ? .searching : .reading
      action = .close
    }
    return ServerStep(consumed: consumed, action: action)
  }

  /// The driver's answer to `issueNonce`; nil if there is no source of randomness.
  @inline(never)
  public mutating func issue(_ nonce: Nonce?, now: UInt64, server: inout ServerState) {
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
  public mutating func succeeded(now: UInt64, server: inout ServerState) {
    follow(upload.succeeded(now: now, server: &server))
  }

  /// The driver's answer to `begin`, `write` and `finish`: not possible, for this reason. `text` is what `%s` stands
  /// for in its sentence.
  @inline(never)
  public mutating func failed(
    _ refusal: Refusal, text: Span<UInt8> = Span(), server: inout ServerState
  ) {
    reply.kind = .refusal
    reply.refusal = refusal
    reply.text.set(text)
    follow(upload.failed(server: &server))
  }

  /// A peer came or went, where the channel can tell, or the session ends: forgets what was under way. True if there
  /// is an upload to discard.
  public mutating func restart(server: inout ServerState) -> Bool {
    var hasUpload = upload.abort(server: &server)
    if case .refusing = state { hasUpload = true }
    state = .reading
    parser.restart()
    return hasUpload
  }
}

extension ServerSession {
  @inline(never)
  private mutating func read(
    _ bytes: Span<UInt8>, _ consumed: inout Int, now: UInt64, server: inout ServerState
  ) -> ServerAction {
    if parser.state == .complete { parser.restart() }
    if parser.isEmpty { deadline = now + WireLimit.headTime }
    consumed += parser.receive(bytes.extracting(consumed...))
    switch parser.state {
    case .requestLine, .fields:
      guard !parser.isEmpty, now >= deadline else { return .wait }
      return lose(.headTimeout, now: now)
    case .refused(let error):
      return lose(error, now: now)
    case .complete:
      unread = parser.head.length
      holdsBack = parser.head.expectsContinue
      isLost = parser.head.hasUnknownLength
      do throws(ServerError) {
        return try route(now: now, server: &server)
      } catch {
        refuse(error)
        return send(now: now)
      }
    }
  }

  private mutating func route(
    now: UInt64, server: inout ServerState
  ) throws(ServerError) -> ServerAction {
    if let error = parser.head.error { throw error }
    let path = parser.head.path
    if path == .other { throw .nothingHere }
    if path == .upload {
      guard parser.head.method == .post else { throw .usePost }
      try upload.start(parser.head, now: now, server: &server)
      state = .uploading
      return .begin
    }
    guard parser.head.method == .get else { throw .useGet }
    guard unread == 0 else { throw .unexpectedBody }
    if path == .challenge {
      state = .drawing
      return .issueNonce
    }
    reply.kind = path == .pending ? .pending : .status
    return send(now: now)
  }

  private mutating func takeBody(
    _ bytes: Span<UInt8>, _ consumed: inout Int, now: UInt64, server: inout ServerState
  ) -> ServerAction {
    consumed = upload.receive(bytes, now: now)
    unread -= UInt32(truncatingIfNeeded: consumed)
    if consumed > 0 { return .write }
    if bytes.isEmpty, case .discard(let error) = upload.tick(now: now, server: &server) {
      isLost = true
      refuse(error)
      return .discard
    }
    return .wait
  }

  @inline(never)
  private mutating func follow(_ action: UploadAction) {
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
      reply.length = upload.length
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

  /// Refuses what cannot be followed any more.
  private mutating func lose(_ error: ServerError, now: UInt64) -> ServerAction {
    parser.restart()
    isLost = true
    refuse(error)
    return send(now: now)
  }

  /// Sends, and sets out for what comes after.
  @inline(never)
  private mutating func send(now: UInt64) -> ServerAction {
    reply.closesConnection = true
    finder = RequestFinder()
    if reply.kind == .proceed {
      holdsBack = false
      state = .uploading
    } else if isLost || holdsBack && unread > 0 {
      state = .closing(isLost: true)
    } else if unread > 0 {
      // A client that sends all before it reads would otherwise lose the reply to a connection reset.
      state = .draining
      deadline = now + WireLimit.drainTime
    } else if parser.head.keepsAlive {
      state = .reading
      reply.closesConnection = false
    } else {
      state = .closing(isLost: false)
    }
    return .send
  }

  /// Swallows bytes up to the next request, in `draining` also up to the end of the body.
  private mutating func search(
    _ bytes: Span<UInt8>, _ consumed: inout Int, now: UInt64, server: inout ServerState
  ) -> ServerAction {
    var limit = UInt32(truncatingIfNeeded: bytes.count)
    var closes = false
    if case .draining = state {
      limit = min(limit, unread)
      unread -= limit
      closes = unread == 0 || bytes.isEmpty && now >= deadline
    }
    let body = bytes.extracting(first: Int(truncatingIfNeeded: limit))
    let (count, beginning) = finder.receive(body)
    consumed = count
    if let beginning {
      state = .reading
      parser.restart()
      deadline = now + WireLimit.headTime
      _ = parser.receive(beginning.bytes)
      return read(bytes, &consumed, now: now, server: &server)
    }
    guard closes else { return .wait }
    // Not `reading`: if the body was cut short, these were the first bytes of another client's request.
    state = .searching
    return .close
  }
}
