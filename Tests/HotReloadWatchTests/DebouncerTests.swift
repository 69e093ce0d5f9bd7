import HotReloadWatch
import Testing

/// Milliseconds since the test began.
private struct TestInstant: InstantProtocol {
  var milliseconds: Int

  func advanced(by duration: Duration) -> TestInstant {
    TestInstant(milliseconds: milliseconds + Int(duration / .milliseconds(1)))
  }
  func duration(to other: TestInstant) -> Duration {
    .milliseconds(other.milliseconds - milliseconds)
  }
  static func < (left: TestInstant, right: TestInstant) -> Bool {
    left.milliseconds < right.milliseconds
  }
}

@Suite struct DebouncerTests {
  enum Input: Sendable {
    case change(at: Int)
    case complete(at: Int)
    case clock(at: Int)
  }

  enum Output: Equatable, Sendable {
    case idle
    case wait(until: Int)
    case act
  }

  struct Row: CustomTestStringConvertible, Sendable {
    var testDescription: String
    var quiet = 50
    var bound = 200
    var steps: [(Input, Output)]
  }

  @Test(arguments: [
    Row(testDescription: "nothing changed", steps: [(.clock(at: 1000), .idle)]),
    Row(
      testDescription: "one change acts after the quiet time",
      steps: [
        (.change(at: 10), .wait(until: 60)), (.clock(at: 59), .wait(until: 60)),
        (.clock(at: 60), .act),
      ]),
    Row(
      testDescription: "acts once",
      steps: [(.change(at: 0), .wait(until: 50)), (.clock(at: 70), .act), (.clock(at: 80), .idle)]),
    Row(
      testDescription: "each change starts the quiet time anew",
      steps: [
        (.change(at: 0), .wait(until: 50)), (.change(at: 40), .wait(until: 90)),
        (.clock(at: 50), .wait(until: 90)), (.clock(at: 90), .act),
      ]),
    Row(
      testDescription: "changes without end act at the bound",
      steps: [
        (.change(at: 0), .wait(until: 50)), (.change(at: 45), .wait(until: 95)),
        (.change(at: 90), .wait(until: 140)), (.change(at: 135), .wait(until: 185)),
        (.change(at: 180), .wait(until: 200)), (.change(at: 200), .act),
      ]),
    Row(
      testDescription: "a second burst is a burst of its own",
      steps: [
        (.change(at: 0), .wait(until: 50)), (.clock(at: 50), .act),
        (.change(at: 300), .wait(until: 350)), (.clock(at: 350), .act),
      ]),
    Row(
      testDescription: "a complete change acts at once, and once",
      steps: [(.complete(at: 10), .act), (.clock(at: 60), .idle)]),
    Row(
      testDescription: "a change that is completed acts then",
      steps: [
        (.change(at: 0), .wait(until: 50)), (.complete(at: 3), .act), (.clock(at: 50), .idle),
      ]),
    Row(
      testDescription: "what follows at once belongs together",
      steps: [
        (.complete(at: 0), .act), (.complete(at: 5), .wait(until: 55)),
        (.complete(at: 9), .wait(until: 59)), (.clock(at: 59), .act),
        (.complete(at: 108), .wait(until: 158)), (.clock(at: 158), .act),
        (.complete(at: 208), .act),
      ]),
    Row(
      testDescription: "no quiet time acts at once", quiet: 0, bound: 0,
      steps: [(.change(at: 5), .act), (.clock(at: 5), .idle)]),
    Row(
      testDescription: "a bound below the quiet time is the quiet time", quiet: 50, bound: 10,
      steps: [(.change(at: 0), .wait(until: 50)), (.clock(at: 50), .act)]),
  ])
  func decides(row: Row) {
    var debouncer = Debouncer<TestInstant>(
      quiet: .milliseconds(row.quiet), bound: .milliseconds(row.bound))
    for (index, (input, expected)) in row.steps.enumerated() {
      let decision =
        switch input {
        case .change(let time): debouncer.change(at: TestInstant(milliseconds: time))
        case .complete(let time):
          debouncer.change(at: TestInstant(milliseconds: time), isComplete: true)
        case .clock(let time): debouncer.decide(at: TestInstant(milliseconds: time))
        }
      let output: Output =
        switch decision {
        case .idle: .idle
        case .wait(let until): .wait(until: until.milliseconds)
        case .act: .act
        }
      #expect(output == expected, "step \(index): \(input)")
    }
  }
}
