import HotReloadPort

/// Makes a `RequestHead` of its pieces, from our own parser or from another HTTP server's.
///
/// What is wrong with a target or a field is kept as the head's `error` (the first one) and does not stop the
/// reading: the length of the body, which a byte stream has to skip, may come later.
public struct RequestHeadBuilder: ~Copyable {
  /// The head so far; complete after `finish`.
  public internal(set) var head = RequestHead()
  private var isVersion10 = false
  private var hasTransferEncoding = false

  /// A builder that has seen nothing.
  public init() {}

  /// Begins anew.
  mutating func restart() {
    head.clear()
    hasTransferEncoding = false
  }

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

  /// Takes one header field.
  public mutating func addField(name: Span<UInt8>, value: Span<UInt8>) {
    let value = ASCII.trimmed(value)
    if ASCII.matches(name, WireHeader.contentLength) {
      setLength(value)
    } else if ASCII.matches(name, WireHeader.sha256) {
      var bytes = head.sha256.bytes.mutableSpan
      take(.sha256, Hex.decode(value, into: &bytes), orRefuse: .malformedDigest)
    } else if ASCII.matches(name, WireHeader.hmac) {
      var bytes = head.hmac.bytes.mutableSpan
      take(.hmac, Hex.decode(value, into: &bytes), orRefuse: .malformedHMAC)
    } else if ASCII.matches(name, WireHeader.nonce) {
      var bytes = head.nonce.bytes.mutableSpan
      take(.nonce, Hex.decode(value, into: &bytes), orRefuse: .malformedNonce)
    } else if ASCII.matches(name, WireHeader.transferEncoding) {
      hasTransferEncoding = true
    } else if ASCII.matches(name, WireHeader.connection) {
      if ASCII.list(value, contains: WireValue.close) {
        head.keepsAlive = false
      } else if isVersion10, head.method != .other {
        head.keepsAlive = ASCII.list(value, contains: WireValue.keepAlive)
      }
    } else if ASCII.matches(name, WireHeader.expect), !isVersion10 {
      head.expectsContinue = ASCII.matches(value, WireValue.continueExpectation)
    }
  }

  /// Completes the head, when there are no more fields.
  public mutating func finish() {
    guard hasTransferEncoding else { return }
    // Two lengths for one body are how requests are smuggled (RFC 9112, section 6.1).
    head.hasUnknownLength = true
    refuse(head.fields.contains(.length) ? .twoLengths : .chunked)
  }

  /// Keeps the first thing that was wrong.
  @inline(never)
  mutating func refuse(_ error: ServerError) {
    if head.error == nil { head.error = error }
  }

  /// A field counts if it is well formed and the only one.
  @inline(never)
  private mutating func take(
    _ field: RequestFields, _ isWellFormed: Bool, orRefuse error: ServerError
  ) {
    if isWellFormed, !head.fields.contains(field) {
      head.fields.insert(field)
    } else {
      refuse(error)
    }
  }

  /// Digits only, below 2³².
  private mutating func setLength(_ value: Span<UInt8>) {
    var length: UInt32 = 0
    var isValid = !value.isEmpty
    for index in value.indices {
      let digit = value[index] &- ASCII.zero
      let (product, overflows) = length.multipliedReportingOverflow(by: 10)
      let (sum, carries) = product.addingReportingOverflow(UInt32(digit))
      isValid = isValid && digit < 10 && !overflows && !carries
      length = sum
    }
    if !isValid || head.fields.contains(.length) { head.hasUnknownLength = true }
    head.length = length
    take(.length, isValid, orRefuse: .malformedLength)
  }
}
