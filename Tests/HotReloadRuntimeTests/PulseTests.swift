import HotReloadPort
import Testing

/// Whether an application hangs (FEATURES B10).
@Suite struct PulseTests {
  /// What happens, one letter each: `p` the application polls, `c` a function of a module is called or returns, `?` and `!`
  /// it is asked whether the application hangs, and it does not or does.
  struct Row: CustomTestStringConvertible {
    var events: String
    var meaning: String

    var testDescription: String { meaning }
  }

  static let rows = [
    Row(events: "????", meaning: "an application that never polls"),
    Row(events: "p?p?pp?p?", meaning: "one that does"),
    Row(events: "p?!!", meaning: "one that does not any more"),
    Row(events: "p?!p?!", meaning: "one that comes back"),
    Row(events: "cc?cc?cc?", meaning: "functions that return"),
    Row(events: "c?!", meaning: "one that does not"),
    Row(events: "c?cc?cc?!", meaning: "others in the meantime"),
    Row(events: "c?c??", meaning: "one that does at last"),
    Row(events: "cp?!", meaning: "polls of a module's own function"),
    Row(events: "pcpc?!", meaning: "those do not count as the application's"),
  ]

  @Test("who hangs", arguments: rows)
  func hangs(row: Row) {
    var pulse = Pulse()
    for (index, event) in row.events.enumerated() {
      switch event {
      case "p": pulse.poll()
      case "c": pulse.cross()
      default: #expect(pulse.isHung() == (event == "!"), "\(row.events) at \(index)")
      }
    }
  }

  @Test func safePointsAreCountedUpToThree() {
    var pulse = Pulse()
    var counts: [UInt8] = []
    for _ in 0..<300 {
      pulse.poll()
      counts.append(pulse.safePoints)
    }
    #expect(counts.prefix(4) == [1, 2, 3, 3])
    #expect(counts.allSatisfy { $0 <= Pulse.enough })
    #expect(pulse.hasPolled)
  }
}
