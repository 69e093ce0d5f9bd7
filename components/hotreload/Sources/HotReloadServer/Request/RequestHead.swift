import HotReloadPort

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

/// A set of header fields. Not an `OptionSet`: that brings array storage into a chip's program.
public struct RequestFields: Equatable, Sendable {
  private var bits: UInt8 = 0

  /// None.
  public init() {}

  private init(bits: UInt8) { self.bits = bits }

  /// Content-Length.
  public static var length: RequestFields { RequestFields(bits: 1) }
  /// X-Hotreload-SHA256.
  public static var sha256: RequestFields { RequestFields(bits: 2) }
  /// X-Hotreload-HMAC.
  public static var hmac: RequestFields { RequestFields(bits: 4) }
  /// X-Hotreload-Nonce.
  public static var nonce: RequestFields { RequestFields(bits: 8) }

  /// Whether it has all of `other`.
  public func contains(_ other: RequestFields) -> Bool { bits & other.bits == other.bits }

  mutating func insert(_ other: RequestFields) { bits |= other.bits }
}

/// What the server needs to know of a request head. It stays where it was parsed: some 300 bytes.
public struct RequestHead: ~Copyable {
  /// GET, POST, or another.
  public internal(set) var method = RequestMethod.other
  /// The path, without the query.
  public internal(set) var path = RequestPath.other
  /// Whether the client reads another reply on this connection.
  public internal(set) var keepsAlive = false
  /// Whether the client waits for `100 Continue` before it sends the body.
  public internal(set) var expectsContinue = false
  /// Whether nobody can say where the body ends: chunked, or a Content-Length that is none.
  public internal(set) var hasUnknownLength = false
  /// The first thing that was wrong with the head.
  public internal(set) var error: ServerError?
  /// Which of the following were there and well formed; the others mean nothing.
  public internal(set) var fields = RequestFields()
  /// Content-Length in bytes.
  public internal(set) var length: UInt32 = 0
  /// X-Hotreload-SHA256.
  public internal(set) var sha256 = SHA256Digest(bytes: .init(repeating: 0))
  /// X-Hotreload-HMAC.
  public internal(set) var hmac = SHA256Digest(bytes: .init(repeating: 0))
  /// X-Hotreload-Nonce.
  public internal(set) var nonce = Nonce(bytes: .init(repeating: 0))

  private var targetBytes = InlineArray<128, UInt8>(repeating: 0)
  private var targetCount = 0
  private var labelBytes = InlineArray<16, UInt8>(repeating: 0)
  private var labelCount = 0

  init() {}

  /// The request target as sent: part of what an upload's HMAC covers.
  public var target: Span<UInt8> {
    @_lifetime(borrow self)
    get { targetBytes.span.extracting(first: targetCount) }
  }

  /// `?partition=`, nil for the server's own.
  public var partition: PartitionLabel? {
    PartitionLabel(labelBytes.span.extracting(first: labelCount))
  }

  /// `?stage=`, nil where it was not there.
  public internal(set) var stage: UploadStage?

  /// Whether `?encoding=delta` was there.
  public internal(set) var isEncoded = false

  /// Whether `?partition=` was there.
  var namesPartition: Bool { labelCount > 0 }

  /// Forgets everything but the digests, which count only where `fields` has them.
  mutating func clear() {
    method = .other
    path = .other
    keepsAlive = false
    expectsContinue = false
    hasUnknownLength = false
    error = nil
    fields = RequestFields()
    length = 0
    stage = nil
    isEncoded = false
    targetCount = 0
    labelCount = 0
  }

  /// False if there is no room.
  mutating func setTarget(_ bytes: Span<UInt8>) -> Bool {
    guard bytes.count <= targetBytes.count else { return false }
    for index in bytes.indices { targetBytes[index] = bytes[index] }
    targetCount = bytes.count
    return true
  }

  /// False if there is no room, or for a NUL.
  mutating func appendToLabel(_ byte: UInt8) -> Bool {
    guard byte != 0, labelCount < labelBytes.count else { return false }
    labelBytes[labelCount] = byte
    labelCount += 1
    return true
  }
}
