public import HotReloadPort

/// The methods that the server tells apart.
public enum RequestMethod: Equatable, Sendable {
  case get
  case post
  case other
}

/// The paths that the server tells apart.
public enum RequestPath: Equatable, Sendable {
  case challenge
  case upload
  case pending
  case status
  case other
}

/// A request target as sent, at most 128 bytes: part of what an upload's HMAC covers.
public struct RequestTarget: Sendable {
  private var storage: InlineArray<128, UInt8> = .init(repeating: 0)
  private var length = 0

  /// No target.
  public init() {}

  /// Nil if `bytes` are more than 128.
  public init?(_ bytes: Span<UInt8>) {
    guard bytes.count <= storage.count else { return nil }
    for index in bytes.indices { storage[index] = bytes[index] }
    length = bytes.count
  }

  /// The bytes.
  public var bytes: Span<UInt8> {
    @_lifetime(borrow self)
    get { storage.span.extracting(first: length) }
  }
}

/// What the server needs to know of a request head.
public struct RequestHead {
  public internal(set) var method = RequestMethod.other
  public internal(set) var path = RequestPath.other
  public internal(set) var target = RequestTarget()
  /// `?partition=`, nil for the server's own.
  public internal(set) var partition: PartitionLabel?
  /// Content-Length, nil if there was none.
  public internal(set) var contentLength: UInt32?
  public internal(set) var sha256: SHA256Digest?
  public internal(set) var hmac: SHA256Digest?
  public internal(set) var nonce: Nonce?
  /// Whether the client reads another reply on this connection.
  public internal(set) var keepsAlive = false
  /// Whether the client waits for `100 Continue` before it sends the body.
  public internal(set) var expectsContinue = false
  /// Whether nobody can say where the body ends: chunked, or a Content-Length that is none.
  public internal(set) var hasUnknownLength = false
  /// The first thing that was wrong with the head.
  public internal(set) var refusal: Refusal?

  init() {}
}
