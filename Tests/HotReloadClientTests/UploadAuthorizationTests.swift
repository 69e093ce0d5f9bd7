import Testing

@testable import HotReloadClient

/// The recipes of docs/PROTOCOL.md, with values made by `openssl dgst` alone.
@Suite struct UploadAuthorizationTests {
  private let image = Array("hello, module".utf8)

  private func authorization() throws -> UploadAuthorization {
    UploadAuthorization(
      image: image, key: try #require(UploadKey(bytes: (0..<32).map { UInt8($0) })))
  }

  @Test func challengeCoversNonceDigestLengthAndTarget() throws {
    let nonce = try #require(Hex.decode("000102030405060708090a0b0c0d0e0f"))
    let headers = try authorization().headers(nonce: nonce, target: "/upload?partition=hotreload")
    #expect(
      headers.map { "\($0.name): \($0.value)" } == [
        "X-Hotreload-SHA256: db117735a2ea625f14720289a89764ddf7abfb5b711ce1aa486704a6d6dea8ae",
        "X-Hotreload-Nonce: 000102030405060708090a0b0c0d0e0f",
        "X-Hotreload-HMAC: febaee34355931d0c51b82b3454516df7317eeb27a0dcef3bb23eeb36444a841",
      ])
  }

  @Test func bodyIsTheHMACOfTheBody() throws {
    #expect(
      try authorization().headersOverBody().map { "\($0.name): \($0.value)" } == [
        "X-Hotreload-SHA256: db117735a2ea625f14720289a89764ddf7abfb5b711ce1aa486704a6d6dea8ae",
        "X-Hotreload-HMAC: 22704ebe938d138047b694b3c735456bf6182d3a6f137578edfbaa148e70d198",
      ])
  }

  @Test func aKeyHas32Bytes() {
    #expect(UploadKey(bytes: []) == nil)
    #expect(UploadKey(bytes: Array(repeating: 1, count: 31)) == nil)
    #expect(UploadKey(bytes: Array(repeating: 1, count: 33)) == nil)
  }

  @Test(arguments: [
    ("", [] as [UInt8]?), ("00ff", [0, 255]), ("0aBc", [10, 188]), ("0", nil), ("0g", nil),
    ("é", nil), ("+1", nil),
  ])
  func hexDigits(text: String, bytes: [UInt8]?) {
    #expect(Hex.decode(text) == bytes)
    if let bytes { #expect(Hex.encode(bytes) == text.lowercased()) }
  }
}
