/// Paths that the server knows.
public enum WirePath {
  /// Hands out a nonce.
  public static var challenge: StaticString { "/challenge" }
  /// Takes a module.
  public static var upload: StaticString { "/upload" }
  /// Whether a stored module waits to be loaded.
  public static var pending: StaticString { "/pending" }
  /// What the device is and runs.
  public static var status: StaticString { "/status" }

  /// Path `index`, nil after the last one.
  public static func at(_ index: Int) -> StaticString? {
    switch index {
    case 0: challenge
    case 1: upload
    case 2: pending
    case 3: status
    default: nil
    }
  }
}

/// Query parameters of `POST /upload`.
public enum WireParameter {
  /// The label of the partition that the module goes to.
  public static var partition: StaticString { "partition" }
  /// Where it waits to be loaded: a name of `UploadStage`.
  public static var stage: StaticString { "stage" }
  /// How the body has to be read: `WireValue.delta`.
  public static var encoding: StaticString { "encoding" }
}

/// HTTP header fields, as written. Readers compare without regard to case.
public enum WireHeader {
  /// SHA-256 of the body as sent, 64 hex digits.
  public static var sha256: StaticString { "X-Hotreload-SHA256" }
  /// The nonce that the HMAC was made with, 32 hex digits.
  public static var nonce: StaticString { "X-Hotreload-Nonce" }
  /// HMAC-SHA256, 64 hex digits.
  public static var hmac: StaticString { "X-Hotreload-HMAC" }
  /// Bytes of the body (RFC 9110, section 8.6).
  public static var contentLength: StaticString { "Content-Length" }
  /// Not supported (RFC 9112, section 6.1).
  public static var transferEncoding: StaticString { "Transfer-Encoding" }
  /// Whether another request may follow (RFC 9112, section 9.3).
  public static var connection: StaticString { "Connection" }
  /// Whether the client waits before it sends the body (RFC 9110, section 10.1.1).
  public static var expect: StaticString { "Expect" }

  /// The fields that the server looks at: field `index` of a request, nil after the last one.
  public static func ofRequest(_ index: Int) -> StaticString? {
    switch index {
    case 0: contentLength
    case 1: transferEncoding
    case 2: sha256
    case 3: nonce
    case 4: hmac
    case 5: connection
    case 6: expect
    default: nil
    }
  }
}

/// Values of header fields and parameters.
public enum WireValue {
  /// `Connection`: the last one.
  public static var close: StaticString { "close" }
  /// `Connection`: not the last one.
  public static var keepAlive: StaticString { "keep-alive" }
  /// `Expect`: waits for `100 Continue`.
  public static var continueExpectation: StaticString { "100-continue" }
  /// `encoding`: as `HotReloadDelta` has it.
  public static var delta: StaticString { "delta" }
  /// The method that reads.
  public static var get: StaticString { "GET" }
  /// The method that uploads.
  public static var post: StaticString { "POST" }
}

/// How much the server takes.
public enum WireLimit {
  /// Bytes of a request head, from the request line to the empty line.
  public static var head: Int { 1024 }
  /// Bytes of a request line, and those of a field that are looked at.
  public static var requestLine: Int { 160 }
  /// Bytes of a request target.
  public static var target: Int { 128 }
  /// Outstanding nonces.
  public static var nonces: Int { 4 }
  /// Microseconds within which a nonce has to be used.
  public static var nonceLifetime: UInt64 { 30_000_000 }
  /// Microseconds from the first to the last byte of a head.
  public static var headTime: UInt64 { 10_000_000 }
  /// Microseconds that a client may pause within a body.
  public static var bodyPause: UInt64 { 10_000_000 }
  /// Microseconds for a whole body: this, and `bodyTimePerByte` for each byte.
  public static var bodyTime: UInt64 { 60_000_000 }
  /// Microseconds for each byte of a body: about 1 kB/s, a slow serial line.
  public static var bodyTimePerByte: UInt64 { 1_000 }
  /// Microseconds for which the unread body of a refused request is swallowed.
  public static var drainTime: UInt64 { 10_000_000 }
}
