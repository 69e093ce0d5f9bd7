public import HotReloadPort

/// Makes a `RequestHead` of its pieces, from our own parser or from another HTTP server's.
///
/// What is wrong with a target or a field is kept as the head's `refusal` (the first one) and does not stop the
/// reading: the length of the body, which a byte stream has to skip, may come later.
public struct RequestHeadBuilder: ~Copyable {
  var head = RequestHead()
  private var isVersion10 = false
  private var hasTransferEncoding = false

  public init() {}

  /// Takes the parts of the request line.
  ///
  /// - Parameter isVersion10: HTTP/1.0, where a connection ends with the reply unless asked otherwise and
  ///   nobody waits for `100 Continue`.
  public mutating func setRequest(
    method: Span<UInt8>, target: Span<UInt8>, isVersion10: Bool = false
  ) {
    self.isVersion10 = isVersion10
    if ASCII.equals(method, WireValue.get) {
      head.method = .get
    } else if ASCII.equals(method, WireValue.post) {
      head.method = .post
    }
    // A reply to HEAD, CONNECT and whatever comes is read by other rules: no second one after it.
    head.keepsAlive = !isVersion10 && head.method != .other
    setTarget(target)
  }

  /// Takes one header field, its value without white space around it.
  public mutating func addField(name: Span<UInt8>, value: Span<UInt8>) {
    if ASCII.matches(name, WireHeader.contentLength) {
      setContentLength(value)
    } else if ASCII.matches(name, WireHeader.sha256) {
      if let bytes = digest(value, WireHeader.sha256, isRepeated: head.sha256 != nil) {
        head.sha256 = bytes
      }
    } else if ASCII.matches(name, WireHeader.hmac) {
      if let bytes = digest(value, WireHeader.hmac, isRepeated: head.hmac != nil) {
        head.hmac = bytes
      }
    } else if ASCII.matches(name, WireHeader.nonce) {
      setNonce(value)
    } else if ASCII.matches(name, WireHeader.transferEncoding) {
      hasTransferEncoding = true
    } else if ASCII.matches(name, WireHeader.connection) {
      setConnection(value)
    } else if ASCII.matches(name, WireHeader.expect) {
      head.expectsContinue =
        !isVersion10 && ASCII.matches(value, WireValue.continueExpectation)
    }
  }

  /// The head, when there are no more fields.
  public mutating func finish() -> RequestHead {
    if hasTransferEncoding {
      // Two lengths for one body are how requests are smuggled (RFC 9112, section 6.1).
      head.hasUnknownLength = true
      refuse(
        head.contentLength == nil
          ? Refusal(.lengthRequired, "Transfer-Encoding is not supported: send Content-Length")
          : Refusal(.badRequest, "Transfer-Encoding beside Content-Length"))
    }
    return head
  }

  /// Keeps the first thing that was wrong.
  mutating func refuse(_ refusal: Refusal) {
    if head.refusal == nil { head.refusal = refusal }
  }

  /// Digits only, once, below 2³².
  private mutating func setContentLength(_ value: Span<UInt8>) {
    var length: UInt32 = 0
    var isValid = !value.isEmpty && head.contentLength == nil
    for index in value.indices {
      guard let digit = ASCII.decimalDigit(value[index]) else {
        isValid = false
        break
      }
      let (product, overflows) = length.multipliedReportingOverflow(by: 10)
      let (sum, carries) = product.addingReportingOverflow(digit)
      if overflows || carries { isValid = false }
      length = sum
    }
    if isValid {
      head.contentLength = length
    } else {
      head.hasUnknownLength = true
      refuse(Refusal(.badRequest, "Content-Length is not one number below 2^32"))
    }
  }

  private mutating func digest(
    _ value: Span<UInt8>, _ name: StaticString, isRepeated: Bool
  ) -> SHA256Digest? {
    var bytes = InlineArray<32, UInt8>(repeating: 0)
    var span = bytes.mutableSpan
    guard !isRepeated, Hex.decode(value, into: &span) else {
      refuse(Refusal(.forbidden, "%s is not %u hex digits", text: ShortText(name), 64))
      return nil
    }
    return SHA256Digest(bytes: bytes)
  }

  private mutating func setNonce(_ value: Span<UInt8>) {
    var bytes = InlineArray<16, UInt8>(repeating: 0)
    var span = bytes.mutableSpan
    guard head.nonce == nil, Hex.decode(value, into: &span) else {
      let name = ShortText(WireHeader.nonce)
      return refuse(Refusal(.forbidden, "%s is not %u hex digits", text: name, 32))
    }
    head.nonce = Nonce(bytes: bytes)
  }

  private mutating func setConnection(_ value: Span<UInt8>) {
    if ASCII.list(value, contains: WireValue.close) {
      head.keepsAlive = false
    } else if isVersion10, head.method != .other {
      head.keepsAlive = ASCII.list(value, contains: WireValue.keepAlive)
    }
  }
}
