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
  /// Bytes of the body (RFC 9110, section 8.6).
  public static var contentLength: StaticString { "Content-Length" }
  /// Not supported (RFC 9112, section 6.1).
  public static var transferEncoding: StaticString { "Transfer-Encoding" }
  /// Whether another request may follow (RFC 9112, section 9.3).
  public static var connection: StaticString { "Connection" }
  /// Whether the client waits before it sends the body (RFC 9110, section 10.1.1).
  public static var expect: StaticString { "Expect" }
}

/// Values of header fields.
public enum WireValue {
  /// `Connection`: the last one.
  public static var close: StaticString { "close" }
  /// `Connection`: not the last one.
  public static var keepAlive: StaticString { "keep-alive" }
  /// `Expect`: waits for `100 Continue`.
  public static var continueExpectation: StaticString { "100-continue" }
  /// The method that reads.
  public static var get: StaticString { "GET" }
  /// The method that uploads.
  public static var post: StaticString { "POST" }
}

/// Keys of the JSON bodies as the templates of `TextWindow` spell them, for clients, and the names of the two ways to
/// authenticate.
public enum WireKey {
  /// In `/challenge`: 32 hex digits.
  public static var nonce: StaticString { "nonce" }
  /// Name of a `RefusalCode`.
  public static var error: StaticString { "error" }
  /// One sentence for people.
  public static var detail: StaticString { "detail" }
  /// In `/pending` and `/status`: whether a stored module waits to be loaded.
  public static var pending: StaticString { "pending" }

  /// Name and version of the server.
  public static var server: StaticString { "server" }
  /// Name of the chip.
  public static var chip: StaticString { "chip" }
  /// Milliseconds since boot.
  public static var uptime: StaticString { "uptime_ms" }
  /// 16 hex digits, random at boot.
  public static var bootID: StaticString { "boot_id" }
  /// An object: `id` and `version`.
  public static var firmware: StaticString { "firmware" }
  /// A build-ID, 64 hex digits, or empty.
  public static var id: StaticString { "id" }
  /// The application's version.
  public static var version: StaticString { "version" }
  /// `challenge` or `body`.
  public static var authentication: StaticString { "auth" }
  /// The way with a nonce.
  public static var challenge: StaticString { "challenge" }
  /// The way with a code over the body.
  public static var body: StaticString { "body" }
  /// Loads that replaced a module since boot.
  public static var reloads: StaticString { "reloads" }
  /// An array, one object for each partition.
  public static var modules: StaticString { "modules" }
  /// Null, or an object: `module`, `error`, `detail`.
  public static var lastError: StaticString { "last_error" }

  /// Label of a module's partition.
  public static var partition: StaticString { "partition" }
  /// Whether a module is loaded.
  public static var loaded: StaticString { "loaded" }
  /// Milliseconds since 1970 at pack.
  public static var sequence: StaticString { "sequence" }
  /// Bytes of the image.
  public static var size: StaticString { "size" }
  /// 0 or 1, null for a module loaded from a buffer.
  public static var slot: StaticString { "slot" }
  /// Where the block begins on the data bus.
  public static var address: StaticString { "address" }
  /// Where the block begins on the instruction bus.
  public static var executableAddress: StaticString { "executable_address" }
  /// Bytes of RAM.
  public static var memory: StaticString { "ram" }
  /// Microseconds to check, place and relocate.
  public static var loadTime: StaticString { "load_us" }
  /// Microseconds to publish.
  public static var swapTime: StaticString { "swap_us" }
  /// Build-ID of the module that could not be loaded.
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
