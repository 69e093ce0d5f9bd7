import HotReloadPort

/// What follows from the driver's answer, or from time.
public enum UploadAction: Equatable, Sendable {
  /// Nothing.
  case none
  /// Feed the body as it comes.
  case receive
  /// The body is complete and what it was announced to be: check it and make it current.
  case finish
  /// Reply that it is stored.
  case respond
  /// Drop what was stored, then refuse for this reason.
  case discard(ServerError)
  /// Drop what was stored, then refuse for the driver's reason.
  case discardFailed
  /// Refuse for the driver's reason. Nothing was stored.
  case refuseFailed
}

/// One upload, from its head to the reply. Knows no socket, no clock and no flash.
///
/// ```
///        start           succeeded           receive          succeeded
/// idle ─────────▶ beginning ─────▶ receiving ─────▶ writing ──┬──────────▶ receiving  (bytes missing)
///  │ ▲                │    receive     │               │      ├─ finish ─▶ finishing ──┬─ respond ─▶ idle
///  └─┘ throws         │ failed         │ tick, late    │      └─ discard ▶ idle        │
///                     ▼ refuseFailed   ▼ discard       │ failed   (wrong digest)       │ failed
///                    idle             idle             ▼ discardFailed                 ▼ discardFailed
///                                                     idle                            idle
/// abort: any ──▶ idle
/// ```
///
/// The driver makes room after `start`, stores what `receive` counts, checks and commits at `finish`, and answers each of
/// the three by `succeeded` or `failed`.
public struct UploadStateMachine<Hasher: SHA256Hasher>: ~Copyable {
  private enum State {
    case idle
    case beginning
    case receiving
    case writing
    case finishing
  }

  private var state = State.idle
  /// Counts the uploads: who began one recognizes it.
  private(set) var number: UInt32 = 0
  /// Where it goes, nil for the server's own partition.
  public private(set) var partition: PartitionLabel?
  /// Where it waits to be loaded.
  public private(set) var stage = UploadStage.flash
  /// Whether the body has to be decoded.
  public private(set) var isEncoded = false
  /// Bytes of the body.
  public private(set) var length: UInt32 = 0
  /// SHA-256 of the body: as announced, and from `finish` on as it is.
  public private(set) var sha256 = SHA256Digest(bytes: .init(repeating: 0))
  private var hmac = SHA256Digest(bytes: .init(repeating: 0))
  private var bodyHash = Hasher()
  private var bodyCode = HMACSHA256<Hasher>()
  /// Whether `bodyCode` counts: `body` authentication.
  private var checksCode = false
  /// Bytes of the body still to come.
  private var remaining: UInt32 = 0
  /// When the client has paused for too long.
  private var pauseEnd: UInt64 = 0
  /// When the client has taken too long.
  private var bodyEnd: UInt64 = 0

  /// A machine without an upload.
  public init() {}

  /// Whether an upload is under way.
  var isOpen: Bool { state != .idle }

  /// Starts with a head for `POST /upload`. In `challenge` authentication the upload is then proven to be the
  /// developer's.
  public mutating func start(
    _ head: borrowing RequestHead, now: UInt64, nonces: inout NonceTable,
    configuration: borrowing ServerConfiguration
  ) throws(ServerError) {
    guard head.fields.contains(.length) else { throw .noLength }
    guard head.length > 0 else { throw .emptyBody }
    guard head.length <= configuration.maximumLength else { throw .tooLarge }
    guard head.fields.contains(.sha256) else { throw .noDigest }
    guard head.fields.contains(.hmac) else { throw .noHMAC }
    if configuration.authentication == .challenge {
      try ChallengeAuthenticator<Hasher>.check(
        head, now: now, nonces: &nonces, key: configuration.key.span)
    }
    guard !isOpen else { throw .busy }
    number &+= 1
    partition = head.partition
    stage = head.stage ?? .flash
    isEncoded = head.isEncoded
    length = head.length
    sha256 = head.sha256
    hmac = head.hmac
    bodyHash = Hasher()
    checksCode = configuration.authentication == .body
    bodyCode = HMACSHA256(key: configuration.key.span)
    state = .beginning
  }

  /// Takes body bytes and says how many of them to store: none unless the machine is receiving, none beyond the body.
  public mutating func receive(_ bytes: Span<UInt8>) -> Int {
    guard state == .receiving, !bytes.isEmpty else { return 0 }
    // `remaining` may be more than Int holds on the chip.
    let taken = min(UInt32(truncatingIfNeeded: bytes.count), remaining)
    let body = bytes.extracting(first: Int(truncatingIfNeeded: taken))
    bodyHash.update(body.raw)
    if checksCode { bodyCode.update(body.raw) }
    remaining -= taken
    state = .writing
    return body.count
  }

  /// The driver did what was asked.
  public mutating func succeeded(now: UInt64) -> UploadAction {
    // From now on: the time that the driver took is not the client's.
    pauseEnd = now + WireLimit.bodyPause
    switch state {
    case .idle, .receiving:
      return .none
    case .beginning:
      remaining = length
      bodyEnd = now + WireLimit.bodyTime + UInt64(word: length) * WireLimit.bodyTimePerByte
      state = .receiving
      return .receive
    case .writing where remaining > 0:
      state = .receiving
      return .receive
    case .writing:
      guard sha256.isEqualInConstantTime(to: bodyHash.finalize()) else {
        return end(.discard(.wrongDigest))
      }
      guard !checksCode || hmac.isEqualInConstantTime(to: bodyCode.finalize()) else {
        return end(.discard(.wrongHMAC))
      }
      state = .finishing
      return .finish
    case .finishing:
      return end(.respond)
    }
  }

  /// The driver could not do what was asked.
  public mutating func failed() -> UploadAction {
    switch state {
    case .idle: .none
    case .beginning: end(.refuseFailed)
    case .receiving, .writing, .finishing: end(.discardFailed)
    }
  }

  /// Time has passed; `isIdle` if no byte came. Bytes that come end a pause, whenever the driver gets to them.
  public mutating func tick(now: UInt64, isIdle: Bool) -> UploadAction {
    guard state == .receiving, now >= bodyEnd || isIdle && now >= pauseEnd else { return .none }
    return end(.discard(.bodyTimeout))
  }

  /// The client is gone. True if there is something to discard.
  public mutating func abort() -> Bool {
    if state == .idle { return false }
    return end(.none) == .none
  }

  private mutating func end(_ action: UploadAction) -> UploadAction {
    state = .idle
    return action
  }
}
