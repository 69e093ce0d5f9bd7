import Testing

@testable import HotReloadCommands

@Suite struct ConsoleScannerTests {
  /// Which piece ends the line, and how many of its bytes belong to it.
  @Test(
    arguments: [
      (["ready\n"], 0, 6), (["re", "ady\n"], 1, 4), (["r", "e", "a", "d", "y", "\n"], 5, 1),
      (["x\nready!\nmore\n"], 0, 9), (["ready", " at 5", "\nmore"], 2, 1),
      (["rere", "ady\n"], 1, 4), (["ready\n", "ready\n"], 0, 6),
    ] as [([String], Int, Int)])
  func findsTheLineOnce(pieces: [String], piece: Int, count: Int) {
    var scanner = ConsoleScanner(for: "ready")
    let seen = pieces.map { scanner.see(Array($0.utf8)) }
    #expect(seen == pieces.indices.map { $0 == piece ? count : nil })
    #expect(scanner.isDone)
  }

  @Test(arguments: [["nothing", "here\n"], ["ready"], ["rea\ndy\n"]])
  func waitsForTheWholeLine(pieces: [String]) {
    var scanner = ConsoleScanner(for: "ready")
    for piece in pieces { #expect(scanner.see(Array(piece.utf8)) == nil, "\(piece)") }
    #expect(!scanner.isDone)
  }

  @Test(arguments: [nil, ""] as [String?])
  func withoutATextItIsReadyAtOnce(text: String?) {
    #expect(ConsoleScanner(for: text).isDone)
  }
}
