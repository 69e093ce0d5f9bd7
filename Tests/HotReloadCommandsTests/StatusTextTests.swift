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

  @Test(
    arguments: [
      (nil, "uptime    1.0 s, 0 reloads"), ("power_on", "uptime    1.0 s, 0 reloads"),
      ("crash", "uptime    1.0 s since a crash, 0 reloads"),
      ("watchdog", "uptime    1.0 s since a watchdog's reset, 0 reloads"),
      ("brown_out", "uptime    1.0 s since a brown-out, 0 reloads"),
    ] as [(String?, String)])
  func aRestartThatNobodyAskedForIsSaid(reset: String?, line: String) throws {
    var status = status()
    status.reset = reset
    #expect(try lines(status)[2] == line)
  }

  @Test(arguments: [
    ("", "nobody is there (x)"), ("0123456789abcdef", "nobody is there (x), module 0123456789ab"),
  ])
  func anErrorNamesItsModuleIfItHasOne(module: String, text: String) throws {
    var status = status()
    status.lastError = .init(module: module, error: "x", detail: "nobody is there")
    #expect(try lines(status).last == "error     \(text)")
  }

  @Test(arguments: [(nil, ""), ("confirmed", ""), ("trial", " on trial")] as [(String?, String)])
  func aModuleOnTrialIsCalledSo(state: String?, text: String) throws {
    var status = status()
    status.modules = [.init(partition: "hotreload", loaded: true, id: "0123456789abcdef")]
    status.modules[0].state = state
    #expect(try lines(status).last == "module    hotreload: 0123456789ab\(text)")
  }

  private func status() -> DeviceStatus {
    DeviceStatus(
      server: "hotreload 0.1.0", chip: "esp32c3", uptimeMilliseconds: 1000, bootID: "0",
      firmware: .init(id: "00", version: "1"), authentication: .challenge, pending: false,
      reloads: 0,
      modules: [], lastError: nil)
  }

  private func lines(_ status: DeviceStatus) throws -> [String] {
    StatusText.lines(status, url: try DeviceURL("http://device"))
  }
}
