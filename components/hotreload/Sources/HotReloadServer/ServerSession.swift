public import HotReloadPort

/// One connection: requests out of a byte stream, replies and uploads as actions. Knows no socket and no clock.
///
/// ```
///  bytes                     ┌── GET / or POST / found ──────────────────────┐
///    │                       ▼                                               │
///    └────────────────▶   reading  ──400, 408, 431──send──▶ closing(lost) ─close─▶ searching
///                         │  ▲  ▲                                 ▲          ▲
///        head: GET        │  │  └─close── closing ◀──────────┐    │          │
///  ┌──────────────────────┤  │                ▲             │    │          │ late
///  │ issueNonce           │  │ next           │ last one    │    │ lost     │ close
///  ▼          issue       │  │                │             │    │          │
/// drawing ──────────▶  replying ──send──▶ (what is left?) ──┼────┘          │
///                         ▲  ▲                │ body        │ all read      │
///   head: POST   refused  │  │ discard        └────────▶ draining ──────────┘
///  ┌──────────────────────┤  │
///  │ begin                │ refusing
///  ▼    stored            │  ▲
/// uploading ──────────────┘  │
///  │ ▲ └── failed, late ─────┘
///  │ │ finish
///  ▼ │
/// verified
/// ```
///
/// A channel that cannot close and does not tell when its peer goes (a UART) works too: after an error the session
/// swallows what is left and goes on at the next thing that looks like a request; a half-sent one ends at its deadline.
public struct ServerSession<Hasher: SHA256Hasher>: ~Copyable {
  private enum State {
    /// In a request head, or before one.
    case reading
    /// The driver draws a nonce.
    case drawing
    /// The upload machine has the say.
    case uploading
    /// The upload is complete: `finish` comes next.
    case verified(SHA256Digest)
    /// `discard` comes next, then the refusal.
    case refusing(Refusal)
    /// `send` comes next.
    case replying(ReplyContent)
    /// In the body of a refused request, until `end`.
    case draining(remaining: UInt32, end: UInt64)
    /// `close` comes next.
    case closing(isLost: Bool)
    /// Nobody knows where the next request begins.
    case searching
  }

  /// What a request leaves to do after its reply.
  private struct Exchange {
    /// Whether the client reads another reply.
    var keepsAlive = false
    /// Bytes of the body that were not taken.
    var unread: UInt32 = 0
    /// Whether the client waits for `100 Continue`, and may leave the body out.
    var holdsBack = false
    /// Whether the end of the request is unknown.
    var isLost = true
  }

  private var state = State.reading
  private var exchange = Exchange()
  private var headEnd: UInt64 = 0
  private var parser = RequestParser()
  private var finder = RequestFinder()
  private var upload = UploadStateMachine<Hasher>()

  public init() {}

  /// Takes bytes that arrived at `now` (microseconds) and says what to do next. Call it with the bytes not yet consumed
  /// until it says `wait`; without bytes it lets deadlines expire.
  public mutating func advance(
    _ bytes: Span<UInt8>, now: UInt64, server: inout ServerState
  ) -> ServerStep {
    switch state {
    case .reading:
      return read(bytes, now: now, server: &server)
    case .drawing:
      return ServerStep(consumed: 0, action: .wait)
    case .uploading:
      return takeBody(bytes, now: now, server: &server)
    case .verified(let digest):
      state = .uploading
      return ServerStep(consumed: 0, action: .finish(digest))
    case .refusing(let refusal):
      state = .replying(.refusal(refusal))
      return ServerStep(consumed: 0, action: .discard)
    case .replying(let content):
      return send(content, consumed: 0, now: now)
    case .draining(let remaining, let end):
      return drain(bytes, remaining: remaining, end: end, now: now, server: &server)
    case .closing(let isLost):
      state = isLost ? .searching : .reading
      return ServerStep(consumed: 0, action: .close)
    case .searching:
      return search(bytes, now: now, server: &server)
    }
  }

  /// The driver's answer to `issueNonce`; nil if there is no source of randomness.
  public mutating func issue(_ nonce: Nonce?, now: UInt64, server: inout ServerState) {
    guard case .drawing = state else { return }
    if let nonce {
      server.nonces.issue(nonce, now: now)
      state = .replying(.nonce(nonce))
    } else {
      state = .replying(.refusal(Refusal(.internal, "there is no source of randomness")))
    }
  }

  /// The driver's answer to `begin`, `write` and `finish`: done.
  public mutating func succeeded(now: UInt64, server: inout ServerState) {
    follow(upload.succeeded(now: now, server: &server))
  }

  /// The driver's answer to `begin`, `write` and `finish`: not possible, for this reason.
  public mutating func failed(_ refusal: Refusal, server: inout ServerState) {
    follow(upload.failed(refusal, server: &server))
  }

  /// A peer came or went, where the channel can tell, or the session ends: forgets what was under way. The action is
  /// `discard` if there was an upload, otherwise `wait`.
  public mutating func restart(server: inout ServerState) -> ServerAction {
    var hasUpload = false
    if case .refusing = state { hasUpload = true }
    if upload.abort(server: &server) { hasUpload = true }
    state = .reading
    parser = RequestParser()
    return hasUpload ? .discard : .wait
  }
}

extension ServerSession {
  private mutating func read(
    _ bytes: Span<UInt8>, now: UInt64, server: inout ServerState
  ) -> ServerStep {
    if parser.isEmpty { headEnd = now + WireLimit.headTime }
    let (count, progress) = parser.receive(bytes)
    switch progress {
    case .incomplete:
      guard !parser.isEmpty, now >= headEnd else {
        return ServerStep(consumed: count, action: .wait)
      }
      return lose(Refusal(.timeout, "the head is incomplete"), consumed: count, now: now)
    case .refused(let refusal):
      return lose(refusal, consumed: count, now: now)
    case .head(let head):
      parser = RequestParser()
      exchange = Exchange(
        keepsAlive: head.keepsAlive, unread: head.contentLength ?? 0,
        holdsBack: head.expectsContinue, isLost: head.hasUnknownLength)
      return route(head, consumed: count, now: now, server: &server)
    }
  }

  private mutating func route(
    _ head: RequestHead, consumed: Int, now: UInt64, server: inout ServerState
  ) -> ServerStep {
    let content: ReplyContent
    do throws(Refusal) {
      try Self.checkMethod(of: head)
      switch head.path {
      case .challenge:
        state = .drawing
        return ServerStep(consumed: consumed, action: .issueNonce)
      case .upload:
        let request = try upload.start(head, now: now, server: &server)
        state = .uploading
        return ServerStep(consumed: consumed, action: .begin(request))
      case .pending:
        content = .pending
      case .status:
        content = .status
      case .other:
        throw Refusal(.notFound, "there is nothing at this path")
      }
    } catch {
      content = .refusal(error)
    }
    return send(content, consumed: consumed, now: now)
  }

  private static func checkMethod(of head: RequestHead) throws(Refusal) {
    if let refusal = head.refusal { throw refusal }
    if head.path == .other { return }
    let isUpload = head.path == .upload
    guard head.method == (isUpload ? .post : .get) else {
      let allowed = isUpload ? WireValue.post : WireValue.get
      throw Refusal(.methodNotAllowed, "only %s is allowed here", text: ShortText(allowed))
    }
    guard isUpload || head.contentLength ?? 0 == 0 else {
      throw Refusal(.badRequest, "a body has no meaning here")
    }
  }

  private mutating func takeBody(
    _ bytes: Span<UInt8>, now: UInt64, server: inout ServerState
  ) -> ServerStep {
    let count = upload.receive(bytes, now: now)
    if count > 0 {
      exchange.unread -= UInt32(truncatingIfNeeded: count)
      return ServerStep(consumed: count, action: .write)
    }
    if bytes.isEmpty, case .discard(let refusal) = upload.tick(now: now, server: &server) {
      exchange.isLost = true
      state = .replying(.refusal(refusal))
      return ServerStep(consumed: 0, action: .discard)
    }
    return ServerStep(consumed: 0, action: .wait)
  }

  private mutating func follow(_ action: UploadAction) {
    switch action {
    case .none, .receive(expectsContinue: false): break
    case .receive(expectsContinue: true): state = .replying(.proceed)
    case .finish(let digest): state = .verified(digest)
    case .respond(let stored): state = .replying(.stored(stored))
    case .discard(let refusal): state = .refusing(refusal)
    case .refuse(let refusal): state = .replying(.refusal(refusal))
    }
  }

  /// Sends, and sets out for what comes after.
  private mutating func send(
    _ content: ReplyContent, consumed: Int, now: UInt64
  ) -> ServerStep {
    var closes = true
    finder = RequestFinder()
    if case .proceed = content {
      exchange.holdsBack = false
      state = .uploading
      closes = false
    } else if exchange.isLost || exchange.unread > 0 && exchange.holdsBack {
      state = .closing(isLost: true)
    } else if exchange.unread > 0 {
      // A client that sends all before it reads would otherwise lose the reply to a connection reset.
      state = .draining(remaining: exchange.unread, end: now + WireLimit.drainTime)
    } else if exchange.keepsAlive {
      state = .reading
      closes = false
    } else {
      state = .closing(isLost: false)
    }
    let reply = Reply(content, closesConnection: closes)
    return ServerStep(consumed: consumed, action: .send(reply))
  }

  /// Refuses what cannot be followed any more.
  private mutating func lose(_ refusal: Refusal, consumed: Int, now: UInt64) -> ServerStep {
    parser = RequestParser()
    exchange = Exchange()
    return send(.refusal(refusal), consumed: consumed, now: now)
  }

  private mutating func drain(
    _ bytes: Span<UInt8>, remaining: UInt32, end: UInt64, now: UInt64,
    server: inout ServerState
  ) -> ServerStep {
    if bytes.isEmpty {
      guard now >= end else { return ServerStep(consumed: 0, action: .wait) }
      state = .searching
      return ServerStep(consumed: 0, action: .close)
    }
    let limit = min(UInt32(truncatingIfNeeded: bytes.count), remaining)
    let (count, found) = finder.receive(bytes.extracting(first: Int(truncatingIfNeeded: limit)))
    if let found {
      return resume(after: found, bytes, consumed: count, now: now, server: &server)
    }
    if limit == remaining {
      // Not `reading`: if the body was cut short, these were the first bytes of another client's request.
      state = .searching
      return ServerStep(consumed: count, action: .close)
    }
    state = .draining(remaining: remaining - limit, end: end)
    return ServerStep(consumed: count, action: .wait)
  }

  private mutating func search(
    _ bytes: Span<UInt8>, now: UInt64, server: inout ServerState
  ) -> ServerStep {
    let (count, found) = finder.receive(bytes)
    guard let found else { return ServerStep(consumed: count, action: .wait) }
    return resume(after: found, bytes, consumed: count, now: now, server: &server)
  }

  /// Goes on with a request whose first bytes are `beginning`.
  private mutating func resume(
    after beginning: StaticString, _ bytes: Span<UInt8>, consumed: Int, now: UInt64,
    server: inout ServerState
  ) -> ServerStep {
    state = .reading
    headEnd = now + WireLimit.headTime
    _ = parser.receive(beginning.bytes)
    var step = read(bytes.extracting(consumed...), now: now, server: &server)
    step.consumed += consumed
    return step
  }
}
