/// Paths that the server knows.
public enum WirePath {
  public static var challenge: StaticString { "/challenge" }
  public static var upload: StaticString { "/upload" }
  public static var pending: StaticString { "/pending" }
  public static var status: StaticString { "/status" }
}

/// Query parameters of `POST /upload`.
public enum WireParameter {
  /// The label of the partition that the module goes to.
  public static var partition: StaticString { "partition" }
}

/// HTTP header fields, as written. Readers compare without regard to case.
public enum WireHeader {
  /// SHA-256 of the body as sent, 64 hex digits.
  public static var sha256: StaticString { "X-Hotreload-SHA256" }
  /// The nonce that the HMAC was made with, 32 hex digits.
  public static var nonce: StaticString { "X-Hotreload-Nonce" }
  /// HMAC-SHA256, 64 hex digits.
  public static var hmac: StaticString { "X-Hotreload-HMAC" }
  public static var contentLength: StaticString { "Content-Length" }
  public static var transferEncoding: StaticString { "Transfer-Encoding" }
  public static var connection: StaticString { "Connection" }
  public static var expect: StaticString { "Expect" }
}

/// Values of header fields.
public enum WireValue {
  public static var close: StaticString { "close" }
  public static var keepAlive: StaticString { "keep-alive" }
  public static var continueExpectation: StaticString { "100-continue" }
  public static var get: StaticString { "GET" }
  public static var post: StaticString { "POST" }
}

/// Keys of the JSON bodies, and the names of the two ways to authenticate.
public enum WireKey {
  public static var nonce: StaticString { "nonce" }
  public static var error: StaticString { "error" }
  public static var detail: StaticString { "detail" }
  public static var pending: StaticString { "pending" }

  public static var server: StaticString { "server" }
  public static var chip: StaticString { "chip" }
  public static var uptime: StaticString { "uptime_ms" }
  public static var bootID: StaticString { "boot_id" }
  public static var firmware: StaticString { "firmware" }
  public static var id: StaticString { "id" }
  public static var version: StaticString { "version" }
  public static var authentication: StaticString { "auth" }
  public static var challenge: StaticString { "challenge" }
  public static var body: StaticString { "body" }
  public static var reloads: StaticString { "reloads" }
  public static var modules: StaticString { "modules" }
  public static var lastError: StaticString { "last_error" }

  public static var partition: StaticString { "partition" }
  public static var loaded: StaticString { "loaded" }
  public static var sequence: StaticString { "sequence" }
  public static var size: StaticString { "size" }
  public static var slot: StaticString { "slot" }
  public static var address: StaticString { "address" }
  public static var executableAddress: StaticString { "executable_address" }
  public static var memory: StaticString { "ram" }
  public static var loadTime: StaticString { "load_us" }
  public static var swapTime: StaticString { "swap_us" }
  public static var module: StaticString { "module" }
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
