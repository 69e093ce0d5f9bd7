import Testing

@testable import HotReloadCommands

@Suite struct ReplyFollowerTests {
  private static let kept =
    "HTTP/1.1 200 OK\r\nContent-Length: 3\r\nConnection: keep-alive\r\n\r\nabc"
  private static let last = "HTTP/1.1 408 x\r\ncontent-length:2\r\nCONNECTION: Close\r\n\r\n{}"
  private static let empty = "HTTP/1.1 204 x\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
  private static let interim = "HTTP/1.1 100 Continue\r\n\r\n"

  @Test(
    arguments: [
      (kept, false, true, true), (last, true, false, true), (empty, true, false, true),
      (interim, false, true, false), (interim + kept, false, true, true),
      (kept + kept, false, true, true), (kept + last, true, false, true),
      (String(kept.dropLast()), false, false, false), ("HTTP/1.1 200 OK\r\n", false, false, false),
      ("garbage\r\n\r\n", false, false, false),
      ("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\nuntil the end", false, false, false),
      ("HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n", false, false, false),
      (String(repeating: "x", count: 5000) + last, false, false, false), ("", false, true, false),
    ] as [(String, Bool, Bool, Bool)])
  func findsTheEndHoweverThePiecesFall(
    text: String, isOver: Bool, isBetween: Bool, isComplete: Bool
  ) {
    for size in [1, 2, 7, 64, 10_000] {
      var follower = ReplyFollower()
      var seen = false
      var rest = Array(text.utf8)[...]
      while !rest.isEmpty {
        seen = follower.see(rest.prefix(size)) || seen
        rest = rest.dropFirst(size)
      }
      #expect(follower.isOver == isOver, "\(text), \(size)")
      #expect(follower.isBetweenReplies == isBetween, "\(text), \(size)")
      #expect(seen == isComplete, "\(text), \(size)")
    }
  }
}
