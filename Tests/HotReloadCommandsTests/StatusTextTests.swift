import HotReloadClient
import Testing

@testable import HotReloadCommands

@Suite struct StatusTextTests {
  @Test(
    arguments: [
      (0, "0.0 s"), (4_211, "4.2 s"), (59_999, "59.9 s"), (60_000, "1 min"),
      (3_661_000, "1 h 1 min 1 s"),
      (90_000_000, "1 d 1 h"),
    ] as [(UInt64, String)])
  func uptime(milliseconds: UInt64, text: String) {
    #expect(StatusText.uptime(milliseconds) == text)
  }
}
