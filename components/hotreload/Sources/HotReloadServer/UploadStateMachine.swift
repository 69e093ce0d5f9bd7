public import HotReloadPort

/// What the driver has to make room for.
public struct UploadRequest {
  /// The partition asked for, nil for the server's own.
  public var partition: PartitionLabel?
  /// Bytes of the body.
  public var length: UInt32
}

/// What follows from the driver's answer, or from time.
public enum UploadAction {
  /// Nothing.
  case none
  /// Feed the body as it comes; first tell the client to send it, if `expectsContinue`.
  case receive(expectsContinue: Bool)
  /// The body is complete and what it was announced to be, with this SHA-256: check it and make it current.
  case finish(SHA256Digest)
  /// Reply that so many bytes are stored.
  case respond(stored: UInt32)
  /// Drop what was stored, then refuse.
  case discard(Refusal)
  /// Refuse. Nothing was stored.
  case refuse(Refusal)
}

/// One upload, from its head to the reply. Knows no socket, no clock and no flash.
///
/// ```
///        start           succeeded           receive          succeeded
/// idle ─────────▶ beginning ─────▶ receiving ─────▶ writing ──┬──────────▶ receiving  (bytes missing)
///  │ ▲                │                │               │      ├─ finish ─▶ finishing ──┬─ respond ─▶ idle
///  └─┘ throws         │ failed         │ tick, late    │      └─ discard ▶ idle        │
///                     ▼ refuse         ▼ discard       │ failed   (wrong digest)       │ failed
///                    idle             idle             ▼ discard                       ▼ discard
///                                                     idle                            idle
/// abort: any ──▶ idle
/// ```
///
/// The driver makes room when `start` returns, stores what `receive` counts, checks and commits at `finish`, and answers each
/// of the three by `succeeded` or `failed`.
public struct UploadStateMachine<Hasher: SHA256Hasher>: ~Copyable {
  /// What the head announced.
  private struct Announcement {
    var length: UInt32
    var sha256: SHA256Digest
    var hmac: SHA256Digest
    var expectsContinue: Bool
  }

  /// A body on its way.
  private struct Body {
    var announcement: Announcement
    var remaining: UInt32
    var pauseEnd: UInt64
    let end: UInt64
    var hasher = Hasher()
    /// In `body` authentication only.
    var hmac: HMACSHA256<Hasher>?

    init(from announcement: Announcement, hmac: HMACSHA256<Hasher>?, now: UInt64) {
      self.announcement = announcement
      remaining = announcement.length
      pauseEnd = now + WireLimit.bodyPause
      end = now + WireLimit.bodyTime + UInt64(word: remaining) * WireLimit.bodyTimePerByte
      self.hmac = hmac
    }

    /// Hashes what belongs to the body and says how much that is.
    mutating func take(_ bytes: Span<UInt8>, now: UInt64) -> Int {
      // `remaining` may be more than Int holds on the chip.
      let count = Int(truncatingIfNeeded: min(UInt32(truncatingIfNeeded: bytes.count), remaining))
      let taken = bytes.extracting(first: count).raw
      hasher.update(taken)
      hmac?.update(taken)
      remaining -= UInt32(truncatingIfNeeded: count)
      pauseEnd = now + WireLimit.bodyPause
      return count
    }

    /// The digest of the body, if it is what was announced.
    mutating func verify() throws(Refusal) -> SHA256Digest {
      let digest = hasher.finalize()
      guard digest.isEqualInConstantTime(to: announcement.sha256) else {
        throw Refusal(
          .forbidden, "%s does not match the body", text: ShortText(WireHeader.sha256))
      }
      if var hmac, !hmac.finalize().isEqualInConstantTime(to: announcement.hmac) {
        throw .wrongHMAC
      }
      return digest
    }
  }

  private enum State {
    case idle
    case beginning(Announcement)
    case receiving(Body)
    case writing(Body)
    case finishing(stored: UInt32)
  }

  private var state = State.idle

  public init() {}

  /// Starts with a head for `POST /upload`. In `challenge` authentication the upload is then proven to be the
  /// developer's.
  public mutating func start(
    _ head: RequestHead, now: UInt64, server: inout ServerState
  ) throws(Refusal) -> UploadRequest {
    let announcement = try Self.check(head, now: now, server: &server)
    guard !server.isUploading else { throw Refusal(.busy, "another upload is under way") }
    server.isUploading = true
    state = .beginning(announcement)
    return UploadRequest(partition: head.partition, length: announcement.length)
  }

  /// Takes body bytes and says how many of them to store: none unless the machine is receiving, none beyond the body.
  public mutating func receive(_ bytes: Span<UInt8>, now: UInt64) -> Int {
    switch state {
    case .receiving(var body) where !bytes.isEmpty:
      let count = body.take(bytes, now: now)
      state = .writing(body)
      return count
    default:
      return 0
    }
  }

  /// The driver did what was asked.
  public mutating func succeeded(now: UInt64, server: inout ServerState) -> UploadAction {
    switch state {
    case .idle, .receiving:
      return .none
    case .beginning(let announcement):
      let configuration = server.configuration
      state = .receiving(
        Body(
          from: announcement,
          hmac: configuration.authentication == .body
            ? HMACSHA256(key: configuration.key.span) : nil,
          now: now))
      return .receive(expectsContinue: announcement.expectsContinue)
    case .writing(var body):
      if body.remaining > 0 {
        // The time that the flash took is not the client's.
        body.pauseEnd = now + WireLimit.bodyPause
        state = .receiving(body)
        return .receive(expectsContinue: false)
      }
      do throws(Refusal) {
        let digest = try body.verify()
        state = .finishing(stored: body.announcement.length)
        return .finish(digest)
      } catch {
        return end(.discard(error), server: &server)
      }
    case .finishing(let stored):
      return end(.respond(stored: stored), server: &server)
    }
  }

  /// The driver could not do what was asked, for this reason.
  public mutating func failed(_ refusal: Refusal, server: inout ServerState) -> UploadAction {
    switch state {
    case .idle:
      return .none
    case .beginning:
      return end(.refuse(refusal), server: &server)
    case .receiving, .writing, .finishing:
      return end(.discard(refusal), server: &server)
    }
  }

  /// Time has passed and no byte came.
  public mutating func tick(now: UInt64, server: inout ServerState) -> UploadAction {
    switch state {
    case .receiving(let body) where now >= body.pauseEnd || now >= body.end:
      return end(
        .discard(Refusal(.timeout, "%u bytes are missing", body.remaining)), server: &server)
    default:
      return .none
    }
  }

  /// The client is gone. True if there is something to discard.
  public mutating func abort(server: inout ServerState) -> Bool {
    if case .idle = state { return false }
    state = .idle
    server.isUploading = false
    return true
  }

  private mutating func end(
    _ action: UploadAction, server: inout ServerState
  ) -> UploadAction {
    state = .idle
    server.isUploading = false
    return action
  }

  /// Everything that can be told from the head.
  private static func check(
    _ head: RequestHead, now: UInt64, server: inout ServerState
  ) throws(Refusal) -> Announcement {
    guard let length = head.contentLength else {
      throw Refusal(.lengthRequired, "send Content-Length")
    }
    guard length > 0 else { throw Refusal(.badRequest, "the body is empty") }
    guard length <= server.configuration.maximumLength else {
      throw Refusal(
        .tooLarge, "%u bytes are more than the %u that are allowed", length,
        server.configuration.maximumLength)
    }
    guard let sha256 = head.sha256 else { throw .missing(WireHeader.sha256) }
    guard let hmac = head.hmac else { throw .missing(WireHeader.hmac) }
    if server.configuration.authentication == .challenge {
      try ChallengeAuthenticator<Hasher>.check(
        head, length: length, sha256: sha256, hmac: hmac, now: now, server: &server)
    }
    return Announcement(
      length: length, sha256: sha256, hmac: hmac, expectsContinue: head.expectsContinue)
  }
}
