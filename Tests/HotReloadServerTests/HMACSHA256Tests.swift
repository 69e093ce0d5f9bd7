import HotReloadServer
import HotReloadSoftwareCrypto
import Testing

/// The test cases of RFC 4231, section 4 (without case 5, which truncates).
@Suite("HMAC-SHA256")
struct HMACSHA256Tests {
  struct Vector: CustomTestStringConvertible {
    var name: String
    var key: [UInt8]
    var data: [UInt8]
    var code: String

    var testDescription: String { name }
  }

  static let vectors = [
    Vector(
      name: "case 1", key: .init(repeating: 0x0B, count: 20), data: Array("Hi There".utf8),
      code: "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"),
    Vector(
      name: "case 2", key: Array("Jefe".utf8), data: Array("what do ya want for nothing?".utf8),
      code: "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"),
    Vector(
      name: "case 3", key: .init(repeating: 0xAA, count: 20),
      data: .init(repeating: 0xDD, count: 50),
      code: "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe"),
    Vector(
      name: "case 4", key: Array(1...25), data: .init(repeating: 0xCD, count: 50),
      code: "82558a389a443c0ea4cc819899f2083a85f0faa3e578f8077a2e3ff46729665b"),
    Vector(
      name: "case 6", key: .init(repeating: 0xAA, count: 131),
      data: Array("Test Using Larger Than Block-Size Key - Hash Key First".utf8),
      code: "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"),
    Vector(
      name: "case 7", key: .init(repeating: 0xAA, count: 131),
      data: Array(
        ("This is a test using a larger than block-size key and a larger than block-size data. "
          + "The key needs to be hashed before being used by the HMAC algorithm.").utf8),
      code: "9b09ffa71b942fcb27635fbcd5b0e944bfdc63644f0713938a7f51535c3a35e2"),
  ]

  @Test("agrees with RFC 4231, in one piece and byte by byte", arguments: vectors)
  func agrees(vector: Vector) {
    var whole = HMACSHA256<SoftwareSHA256>(key: vector.key.span)
    unsafe whole.update(vector.data.span.bytes)
    let code = hex(whole.finalize())
    #expect(code == vector.code)

    var pieces = HMACSHA256<SoftwareSHA256>(key: vector.key.span)
    for index in vector.data.indices {
      unsafe pieces.update(vector.data.span.extracting(index..<(index + 1)).bytes)
    }
    let codeOfPieces = hex(pieces.finalize())
    #expect(codeOfPieces == vector.code)
  }
}
