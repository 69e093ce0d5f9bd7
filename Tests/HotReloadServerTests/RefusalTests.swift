import HotReloadPort
import Testing

@testable import HotReloadServer

/// What the device says when it refuses: every code and every error of the server, as docs/PROTOCOL.md has them. Who adds
/// one adds a row.
@Suite("Refusals")
struct RefusalTests {
  static let codes: [(RefusalCode, UInt16, String)] = [
    (.badRequest, 400, "bad_request"),
    (.forbidden, 403, "forbidden"),
    (.notFound, 404, "not_found"),
    (.methodNotAllowed, 405, "method_not_allowed"),
    (.timeout, 408, "timeout"),
    (.busy, 409, "busy"),
    (.wrongFirmware, 409, "wrong_firmware"),
    (.exportsChanged, 409, "exports_changed"),
    (.older, 409, "older"),
    (.noBase, 409, "no_base"),
    (.lengthRequired, 411, "length_required"),
    (.tooLarge, 413, "too_large"),
    (.badEncoding, 422, "bad_encoding"),
    (.notLoadable, 422, "not_loadable"),
    (.notLoaded, 500, "not_loaded"),
    (.rolledBack, 500, "rolled_back"),
    (.crashed, 500, "crashed"),
    (.unsafePoint, 409, "unsafe_point"),
    (.headersTooLarge, 431, "headers_too_large"),
    (.insufficientStorage, 507, "insufficient_storage"),
    (.internal, 500, "internal"),
  ]

  static let errors: [(ServerError, UInt16, String, String)] = [
    (.notHTTP, 400, "bad_request", "this is not an HTTP/1.1 request"),
    (.headTooLong, 431, "headers_too_large", "the head is longer than 1024 bytes"),
    (.requestLineTooLong, 431, "headers_too_large", "the request line is longer than 160 bytes"),
    (.targetTooLong, 431, "headers_too_large", "the target is longer than 128 bytes"),
    (.malformedField, 400, "bad_request", "malformed header field"),
    (.unknownParameter, 400, "bad_request", "unknown query parameter or encoding"),
    (.malformedLabel, 400, "bad_request", "partition is not one label of 1 to 16 bytes"),
    (.malformedStage, 400, "bad_request", "stage is not one of flash, ram, ram-only"),
    (.malformedLength, 400, "bad_request", "Content-Length is not one number below 2^32"),
    (.twoLengths, 400, "bad_request", "Transfer-Encoding beside Content-Length"),
    (
      .chunked, 411, "length_required",
      "Transfer-Encoding is not supported: send Content-Length"
    ),
    (.malformedDigest, 403, "forbidden", "X-Hotreload-SHA256 is not 64 hex digits"),
    (.malformedHMAC, 403, "forbidden", "X-Hotreload-HMAC is not 64 hex digits"),
    (.malformedNonce, 403, "forbidden", "X-Hotreload-Nonce is not 32 hex digits"),
    (.nothingHere, 404, "not_found", "there is nothing at this path"),
    (.useGet, 405, "method_not_allowed", "only GET is allowed here"),
    (.usePost, 405, "method_not_allowed", "only POST is allowed here"),
    (.unexpectedBody, 400, "bad_request", "a body has no meaning here"),
    (.noLength, 411, "length_required", "send Content-Length"),
    (.emptyBody, 400, "bad_request", "the body is empty"),
    (.tooLarge, 413, "too_large", "the body is longer than the server's max_elf_size"),
    (.noDigest, 403, "forbidden", "X-Hotreload-SHA256 is missing"),
    (.noHMAC, 403, "forbidden", "X-Hotreload-HMAC is missing"),
    (.noNonce, 403, "forbidden", "X-Hotreload-Nonce is missing"),
    (.staleNonce, 403, "forbidden", "the nonce is unknown, used or older than 30 s"),
    (.wrongHMAC, 403, "forbidden", "X-Hotreload-HMAC is wrong"),
    (.busy, 409, "busy", "another upload is under way"),
    (.wrongDigest, 403, "forbidden", "X-Hotreload-SHA256 does not match the body"),
    (.headTimeout, 408, "timeout", "the head did not arrive in time"),
    (.bodyTimeout, 408, "timeout", "the body did not arrive in time"),
    (.noRandomness, 500, "internal", "there is no source of randomness"),
  ]

  @Test("every code and every error has a row, in the order of the cases")
  func tablesAreComplete() {
    let numbers = UInt8.min...UInt8.max
    #expect(Self.codes.map(\.0) == numbers.compactMap { RefusalCode(rawValue: $0) })
    #expect(Self.errors.map(\.0) == numbers.compactMap { ServerError(rawValue: $0) })
  }

  @Test("a code has a status and a name, which is the reason phrase, too", arguments: codes)
  func code(code: RefusalCode, status: UInt16, name: String) {
    #expect(code.status == status)
    #expect("\(code.name)" == name)
    var reply = Reply(.refusal)
    reply.refusal = Refusal(code, "x")
    let text = replyText(reply, device: TestDevice.status, modules: [])
    #expect(text.hasPrefix("HTTP/1.1 \(status) \(name)\r\n"))
  }

  @Test("an error has a status, a code and a sentence", arguments: errors)
  func error(error: ServerError, status: UInt16, name: String, sentence: String) {
    var reply = Reply(.refusal)
    reply.refusal = error.refusal
    reply.text = ShortText(error.text)
    let text = replyText(reply, device: TestDevice.status, modules: [])
    #expect(text.hasPrefix("HTTP/1.1 \(status) \(name)\r\n"))
    #expect(text.hasSuffix("\r\n\r\n{\"error\":\"\(name)\",\"detail\":\"\(sentence)\"}\n"))
  }
}
