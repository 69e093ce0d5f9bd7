import HotReloadPort

/// How an upload proves that it comes from the developer.
public enum Authentication: Equatable, Sendable {
  /// The HMAC covers a nonce of the device and the body's digest, and is checked before the body.
  case challenge
  /// The HMAC covers the body, and is checked after it (igrr/hotreload's way).
  case body

  /// Its name in the status.
  public var name: StaticString { self == .challenge ? "challenge" : "body" }
}

/// What the server is told once.
public struct ServerConfiguration: Sendable {
  /// How uploads are authenticated.
  public var authentication: Authentication
  /// The upload key.
  public var key: InlineArray<32, UInt8>
  /// Largest accepted body in bytes.
  public var maximumLength: UInt32

  /// Nothing is told yet: takes no upload.
  init() {
    self.init(authentication: .challenge, key: .init(repeating: 0), maximumLength: 0)
  }

  /// A configuration; `key` is the 32-byte upload key.
  public init(
    authentication: Authentication, key: InlineArray<32, UInt8>, maximumLength: UInt32
  ) {
    self.authentication = authentication
    self.key = key
    self.maximumLength = maximumLength
  }
}

/// What all connections of one server share.
public struct ServerState<Hasher: SHA256Hasher>: ~Copyable {
  /// What the server was told.
  public private(set) var configuration = ServerConfiguration()
  var nonces = NonceTable()
  /// The one upload: there is one place to upload to.
  public internal(set) var upload = UploadStateMachine<Hasher>()
  /// Counts the starts: what connections remember from before the last one is void.
  private(set) var generation: UInt32 = 0

  /// A server that was not started.
  public init() {}

  /// Begins anew, without nonces and without an upload.
  public mutating func start(_ configuration: ServerConfiguration) {
    self.configuration = configuration
    nonces = NonceTable()
    generation &+= 1
    stop()
  }

  /// Gives up an upload that is under way.
  public mutating func stop() { _ = upload.abort() }

  /// Whether the upload of this number is still under way. Mutating, because what is borrowed is copied on the chip.
  mutating func isOpen(upload number: UInt32) -> Bool { upload.isOpen && upload.number == number }

  /// Starts an upload, if it is one that may begin.
  mutating func startUpload(
    _ head: borrowing RequestHead, now: UInt64
  ) throws(ServerError) {
    try upload.start(head, now: now, nonces: &nonces, configuration: configuration)
  }
}
