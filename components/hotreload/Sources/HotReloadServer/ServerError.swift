import HotReloadPort

/// Why the server itself refuses a request. What its driver refuses is a `Refusal` right away.
public enum ServerError: UInt8, Error, Sendable {
  /// Not `method target HTTP/1.x`.
  case notHTTP
  /// More than `WireLimit.head`.
  case headTooLong
  /// More than `WireLimit.requestLine`.
  case requestLineTooLong
  /// More than `WireLimit.target`.
  case targetTooLong
  /// No colon, no name, or a control character.
  case malformedField
  /// None of `WireParameter`, or on a path without parameters; another encoding than `delta`.
  case unknownParameter
  /// Not one label of 1 to 16 bytes.
  case malformedLabel
  /// Not one of the names of `UploadStage`.
  case malformedStage
  /// Not one number below 2³².
  case malformedLength
  /// Transfer-Encoding and Content-Length.
  case twoLengths
  /// Transfer-Encoding alone.
  case chunked
  /// X-Hotreload-SHA256 is not 64 hex digits, or there twice.
  case malformedDigest
  /// X-Hotreload-HMAC is not 64 hex digits, or there twice.
  case malformedHMAC
  /// X-Hotreload-Nonce is not 32 hex digits, or there twice.
  case malformedNonce

  /// Unknown path.
  case nothingHere
  /// A path to read, another method.
  case useGet
  /// The path to upload to, another method.
  case usePost
  /// A body where none is taken.
  case unexpectedBody
  /// An upload without Content-Length.
  case noLength
  /// An upload of nothing.
  case emptyBody
  /// More than `ServerConfiguration.maximumLength`.
  case tooLarge
  /// No X-Hotreload-SHA256.
  case noDigest
  /// No X-Hotreload-HMAC.
  case noHMAC
  /// No X-Hotreload-Nonce.
  case noNonce
  /// A nonce that was not handed out, was used, or is too old.
  case staleNonce
  /// The code is not what the key makes of the message.
  case wrongHMAC
  /// Another upload is under way.
  case busy

  /// The body is not what was announced.
  case wrongDigest
  /// The head took longer than `WireLimit.headTime`.
  case headTimeout
  /// The body paused or took too long.
  case bodyTimeout
  /// The device cannot make nonces.
  case noRandomness

  /// The error for people and programs.
  public var refusal: Refusal { Refusal(code, TextLine(Self.details, rawValue), limit) }

  private var code: RefusalCode {
    switch self {
    case .notHTTP, .malformedField, .unknownParameter, .malformedLabel, .malformedStage,
      .malformedLength, .twoLengths, .unexpectedBody, .emptyBody:
      .badRequest
    case .headTooLong, .requestLineTooLong, .targetTooLong: .headersTooLarge
    case .chunked, .noLength: .lengthRequired
    case .malformedDigest, .malformedHMAC, .malformedNonce, .noDigest, .noHMAC, .noNonce,
      .staleNonce, .wrongHMAC, .wrongDigest:
      .forbidden
    case .nothingHere: .notFound
    case .useGet, .usePost: .methodNotAllowed
    case .tooLarge: .tooLarge
    case .busy: .busy
    case .headTimeout, .bodyTimeout: .timeout
    case .noRandomness: .internal
    }
  }

  /// The sentences of all cases, in their order.
  private static var details: StaticString {
    """
    this is not an HTTP/1.1 request
    the head is longer than %u bytes
    the request line is longer than %u bytes
    the target is longer than %u bytes
    malformed header field
    unknown query parameter or encoding
    partition is not one label of 1 to 16 bytes
    stage is not one of flash, ram, ram-only
    Content-Length is not one number below 2^32
    Transfer-Encoding beside Content-Length
    Transfer-Encoding is not supported: send Content-Length
    %s is not %u hex digits
    %s is not %u hex digits
    %s is not %u hex digits
    there is nothing at this path
    only %s is allowed here
    only %s is allowed here
    a body has no meaning here
    send Content-Length
    the body is empty
    the body is longer than the server's max_elf_size
    %s is missing
    %s is missing
    %s is missing
    the nonce is unknown, used or older than %u s
    %s is wrong
    another upload is under way
    %s does not match the body
    the head did not arrive in time
    the body did not arrive in time
    there is no source of randomness
    """
  }

  /// What `%s` stands for.
  var text: StaticString {
    switch self {
    case .malformedDigest, .noDigest, .wrongDigest: WireHeader.sha256
    case .malformedHMAC, .noHMAC, .wrongHMAC: WireHeader.hmac
    case .malformedNonce, .noNonce: WireHeader.nonce
    case .useGet: WireValue.get
    case .usePost: WireValue.post
    default: ""
    }
  }

  /// What `%u` stands for.
  private var limit: UInt32 {
    switch self {
    case .headTooLong: UInt32(WireLimit.head)
    case .requestLineTooLong: UInt32(WireLimit.requestLine)
    case .targetTooLong: UInt32(WireLimit.target)
    case .malformedDigest, .malformedHMAC: 64
    case .malformedNonce: 32
    default: UInt32(truncatingIfNeeded: WireLimit.nonceLifetime / 1_000_000)
    }
  }
}
