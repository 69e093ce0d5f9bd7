import Testing

@testable import HotReloadCommands

@Suite struct ConsoleScannerTests {
  @Test(
    arguments: [
      (["ready"], 0), (["re", "ady"], 1), (["r", "e", "a", "d", "y"], 4), (["xxreadyxx"], 0),
      (["rere", "ady"], 1), (["nothing", "here"], nil), (["ready", "ready"], 0),
    ] as [([String], Int?)])
  func findsTheTextOnce(pieces: [String], expected: Int?) {
    var scanner = ConsoleScanner(for: "ready")
    let seen = pieces.indices.filter { scanner.see(Array(pieces[$0].utf8)) }
    #expect(seen == (expected.map { [$0] } ?? []))
    #expect(scanner.isDone == (expected != nil))
  }

  @Test(arguments: [nil, ""] as [String?])
  func withoutATextItIsReadyAtOnce(text: String?) {
    #expect(ConsoleScanner(for: text).isDone)
  }
}
