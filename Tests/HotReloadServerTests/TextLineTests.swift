import HotReloadPort
import Testing

@Suite("A line of a literal")
struct TextLineTests {
  @Test(
    "is what stands between two line feeds",
    arguments: [(0, "first"), (1, ""), (2, "third"), (3, "last"), (4, "last"), (255, "last")]
      as [(UInt8, String)])
  func line(number: UInt8, text: String) {
    #expect("\(TextLine("first\n\nthird\nlast", number))" == text)
  }

  @Test("is the whole of a literal without line feeds")
  func literal() {
    #expect("\("only" as TextLine)" == "only")
    #expect("\("" as TextLine)".isEmpty)
  }
}
