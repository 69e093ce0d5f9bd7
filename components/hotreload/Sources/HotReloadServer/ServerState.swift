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
public struct ServerState: ~Copyable {
  /// What the server was told.
  public private(set) var configuration = ServerConfiguration()
  var nonces = NonceTable()
  /// Whether a session is between `begin` and the end of its upload: there is one place to upload to.
  var isUploading = false

  /// A server that was not started.
  public init() {}

  /// Begins anew, without nonces and without an upload.
  public mutating func start(_ configuration: ServerConfiguration) {
    self.configuration = configuration
    nonces = NonceTable()
    isUploading = false
  }

  /// A server without nonces and without an upload.
  public init(configuration: ServerConfiguration) { self.configuration = configuration }
}
