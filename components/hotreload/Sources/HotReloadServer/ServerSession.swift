import HotReloadPort

/// One connection as a byte stream: requests out of bytes, replies and uploads as actions. Knows no socket and no clock.
///
/// ```
///     ┌───────────────────── GET / or POST / found ───────────────────┐
///     ▼                                                               │
///  reading ── head is wrong, late ──▶ exchanging                      │
///     │ ▲                                                             │
///     │ └── next request ──┐                                          │
///     │ head               │    end unknown, body held back           │
///     └─────────────▶ exchanging ──send──▶ closing(lost) ─close▶ searching ┐
///                      ▲   │  │ body left                           ▲  │
///                      └───┘  └──send──▶ draining ─all read, late: close─┘  │
///              100 Continue   │ last one                              └──┘
///                             └──send──▶ closing ──close──▶ reading
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
///   case .send: while session.exchange.write(&writer, device: &status, modules: modules) { send(writer.bytes) }
///   case .issueNonce: session.exchange.issue(random.nonce(), now: clock.now(), server: &server)
///   case .begin: answer(begin(server.upload.partition, server.upload.length))
///   case .write: answer(write(used))
///   case .finish: answer(finish(server.upload.sha256))
///   case .discard: discard()
///   case .close: close()
///   }
/// }
/// ```
public struct ServerSession: ~Copyable {
  private enum State {
    /// In a request head, or before one.
    case reading
    /// The exchange has the say.
    case exchanging
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
  private var parser = RequestParser()
  private var finder = RequestFinder()
  /// The start of the server that all of this belongs to.
  private var generation: UInt32 = 0

  /// The request that is being answered; takes the driver's answers.
  public var exchange = RequestExchange()

  /// A connection on which nothing was received.
  public init() {}

  /// Takes bytes that arrived at `now` (microseconds) and says what to do next. Call it with the bytes not yet consumed
  /// until it says `wait`; without bytes it lets deadlines expire.
  public mutating func advance(
    _ bytes: Span<UInt8>, now: UInt64, server: inout ServerState<some SHA256Hasher>
  ) -> ServerStep {
    if generation != server.generation {
      generation = server.generation
      forget()
    }
    var consumed = 0
    let action: ServerAction
    switch state {
    case .reading:
      action = read(bytes, &consumed, now: now, server: &server)
    case .exchanging:
      action = exchange.advance(bytes, &consumed, now: now, server: &server)
    case .draining, .searching:
      action = search(bytes, &consumed, now: now, server: &server)
    case .closing(let isLost):
      state = isLost ? .searching : .reading
      action = .close
    }
    if action == .send { conclude(now: now) }
    return ServerStep(consumed: consumed, action: action)
  }

  /// A peer came or went, where the channel can tell: forgets what was under way. True if there is an upload to
  /// discard.
  public mutating func restart(server: inout ServerState<some SHA256Hasher>) -> Bool {
    guard generation == server.generation else { return false }
    var hasUpload = false
    if case .exchanging = state { hasUpload = exchange.abort(server: &server) }
    forget()
    return hasUpload
  }

  private mutating func forget() {
    state = .reading
    parser.restart()
  }
}

extension ServerSession {
  @inline(never)
  private mutating func read(
    _ bytes: Span<UInt8>, _ consumed: inout Int, now: UInt64,
    server: inout ServerState<some SHA256Hasher>
  ) -> ServerAction {
    if parser.state == .complete { parser.restart() }
    if parser.isEmpty { deadline = now + WireLimit.headTime }
    consumed += parser.receive(bytes.extracting(consumed...))
    switch parser.state {
    case .requestLine, .fields:
      guard !parser.isEmpty, now >= deadline else { return .wait }
      return lose(.headTimeout)
    case .refused(let error):
      return lose(error)
    case .complete:
      state = .exchanging
      return exchange.start(parser.head, now: now, server: &server)
    }
  }

  /// Refuses what is no request.
  private mutating func lose(_ error: ServerError) -> ServerAction {
    parser.restart()
    exchange.lose(error)
    return .send
  }

  /// Sets out for what comes after the reply.
  @inline(never)
  private mutating func conclude(now: UInt64) {
    finder = RequestFinder()
    switch exchange.conclude() {
    case .body: state = .exchanging
    case .nextRequest: state = .reading
    case .restOfBody:
      state = .draining
      deadline = now + WireLimit.drainTime
    case .close: state = .closing(isLost: false)
    case .closeLost: state = .closing(isLost: true)
    }
  }

  /// Swallows bytes up to the next request, in `draining` also up to the end of the body.
  private mutating func search(
    _ bytes: Span<UInt8>, _ consumed: inout Int, now: UInt64,
    server: inout ServerState<some SHA256Hasher>
  ) -> ServerAction {
    var limit = UInt32(truncatingIfNeeded: bytes.count)
    var closes = false
    if case .draining = state {
      limit = min(limit, exchange.unread)
      exchange.unread -= limit
      closes = exchange.unread == 0 || bytes.isEmpty && now >= deadline
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
