import HotReloadServer
import Testing

@Suite("Hex")
struct HexTests {
  @Test("decodes digits of either case")
  func decodes() {
    #expect(decode("00fFaB19", count: 4) == [0x00, 0xFF, 0xAB, 0x19])
  }

  @Test(
    "refuses other lengths and other characters",
    arguments: ["", "0", "001", "00112", "0g", "g0", " 1", "0x", "é"])
  func refuses(digits: String) {
    #expect(decode(digits, count: 1) == nil)
  }

  @Test("encodes in lower case")
  func encodes() {
    let bytes: [UInt8] = [0x00, 0x9A, 0xFF]
    var digits = [UInt8](repeating: 0, count: 6)
    var span = digits.mutableSpan
    #expect(Hex.encode(bytes.span, into: &span))
    #expect(String(decoding: digits, as: UTF8.self) == "009aff")
    var short = [UInt8](repeating: 0, count: 5)
    var shortSpan = short.mutableSpan
    #expect(!Hex.encode(bytes.span, into: &shortSpan))
  }

  private func decode(_ digits: String, count: Int) -> [UInt8]? {
    var bytes = [UInt8](repeating: 0, count: count)
    var span = bytes.mutableSpan
    let digits = Array(digits.utf8)
    return Hex.decode(digits.span, into: &span) ? bytes : nil
  }
}
