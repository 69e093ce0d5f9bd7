import HotReloadBuild
import Testing

@testable import HotReloadCommands

@Suite struct TimingsTests {
  private var timings: Timings {
    var report = BuildReport()
    report.steps = [
      BuildStep(.compile, module: "a", duration: .microseconds(27_960)),
      BuildStep(.link, module: "a", duration: .milliseconds(15)),
      BuildStep(.link, module: "b", duration: .milliseconds(1)),
    ]
    var timings = Timings()
    timings.add(report)
    timings.add(.upload, .milliseconds(9))
    timings.addSwitch(waited: .microseconds(4213), load: 210, swap: 3)
    timings.total = .milliseconds(103)
    return timings
  }

  @Test func asATable() {
    #expect(
      timings.table == [
        "  compile  28.0 ms",
        "  link     16.0 ms",
        "  upload    9.0 ms",
        "  wait      4.0 ms",
        "  load      0.2 ms",
        "  swap    0.003 ms",
        "  total   103.0 ms",
      ])
  }

  @Test func asALine() {
    #expect(
      timings.line
        == "103.0 ms (compile 28.0, link 16.0, upload 9.0, load 0.2, swap 0.003)")
    var none = Timings()
    none.total = .milliseconds(4)
    #expect(none.line == "4.0 ms")
  }

  @Test func forPrograms() {
    #expect(
      timings.json == [
        "compile_ms": 27.96, "link_ms": 16, "upload_ms": 9, "wait_ms": 4, "load_ms": 0.21,
        "swap_ms": 0.003,
        "total_ms": 103,
      ])
  }
}
