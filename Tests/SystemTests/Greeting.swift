/// One line of the example: `[boot 1, up 4.123 s] Hello, World, from qemu-riscv32 0.1.0! 3`.
struct Greeting: Equatable, Sendable {
  var boot: Int
  /// Milliseconds since boot.
  var uptime: Int
  /// How many came before it.
  var count: Int

  init?(_ line: String) {
    let pattern = /^\[boot (\d+), up (\d+)\.(\d{3}) s\] .*! (\d+)\r?$/
    guard let match = line.wholeMatch(of: pattern), let boot = Int(match.1),
      let seconds = Int(match.2), let milliseconds = Int(match.3), let count = Int(match.4)
    else { return nil }
    self.boot = boot
    uptime = seconds * 1000 + milliseconds
    self.count = count
  }
}
