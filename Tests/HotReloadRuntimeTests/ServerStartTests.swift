import HotReloadPort
import HotReloadRuntime
import HotReloadServer
import HotReloadSimulator
import TestImages
import Testing

/// What the server says when it starts (FEATURES F18), and what it knows of the time before the restart.
@Suite struct ServerStartTests {
  struct Row: CustomTestStringConvertible {
    var address: String?
    var line: String

    var testDescription: String { address ?? "no addresses" }
  }

  static let rows = [
    Row(address: nil, line: "listening on port 8080"),
    Row(
      address: "",
      line: "no network interface is up: the server answers on port 8080 as soon as one is"),
    Row(address: "192.168.4.1", line: "listening on http://192.168.4.1:8080"),
    Row(address: "[2001:db8::1]", line: "listening on http://[2001:db8::1]:8080"),
  ]

  @Test("the log says where the server answers", arguments: rows)
  func announces(row: Row) throws {
    let bench = TestBench()
    bench.device.system.address = row.address
    bench.device.runtime.logServer(port: 8080)
    #expect(bench.device.system.lines == [row.line])
  }

  struct Refusal: CustomTestStringConvertible {
    var error: RuntimeError
    var line: String

    var testDescription: String { line }
  }

  static let refusals = [
    Refusal(
      error: .portInUse(8080),
      line: "port 8080 is in use: say another one in hotreload_server_config_t"),
    Refusal(error: .notListening, line: "the HTTP server did not start"),
    Refusal(
      error: .notAttachable,
      line: "there is no HTTP server to attach to: use hotreload_server_start()"),
  ]

  @Test("the log says why the server does not answer", arguments: refusals)
  func refuses(row: Refusal) {
    let bench = TestBench()
    bench.device.runtime.logServer(row.error)
    #expect(bench.device.system.lines == [row.line])
  }

  @Test("a partition that is not there is refused, and the log says so")
  func noPartition() {
    let bench = TestBench()
    #expect(throws: RuntimeError.unknownPartition) {
      try bench.device.runtime.startServer(
        label: TestBench.label("nowhere"), maximumLength: 1, authentication: .challenge)
    }
    #expect(
      bench.device.system.lines == ["no partition of this label: see the partition table"])
  }

  private func status(of bench: TestBench) throws -> String {
    try bench.startServer()
    return SimulatedRequest(to: bench.device).begin("GET /status HTTP/1.1")
  }

  /// As the empty-slot handler does it.
  private func crash(_ bench: TestBench, calling symbol: String) {
    let name: [UInt8] = Array(symbol.utf8)
    bench.device.runtime.noteEmptySlot(name.span)
    bench.device.restart(.crash)
  }

  @Test(
    "the status says why the chip started",
    arguments: [
      (ResetReason.other, "other"), (.powerOn, "power_on"), (.external, "external"),
      (.software, "software"), (.crash, "crash"), (.watchdog, "watchdog"), (.brownOut, "brown_out"),
    ])
  func reset(reason: ResetReason, name: String) throws {
    let bench = TestBench()
    bench.device.restart(reason)
    let status = try status(of: bench)
    #expect(status.contains("\"reset\":\"\(name)\""), "\(status)")
    #expect(status.contains("\"last_error\":null"), "\(status)")
  }

  @Test("after a call through an empty slot, the next start names the function, and only that one")
  func crashNote() throws {
    let bench = TestBench()
    crash(bench, calling: "greet")
    let after = try status(of: bench)
    #expect(
      after.contains(
        "\"last_error\":{\"module\":\"\",\"error\":\"not_loaded\",\"detail\":\"greet was called "
          + "while no module was loaded, before the restart\"}"), "\(after)")
    bench.device.restart(.crash)
    let later = try status(of: bench)
    #expect(later.contains("\"last_error\":null"), "\(later)")
  }

  @Test("a name is cut to 48 bytes; where nothing is retained, nothing is known")
  func limits() throws {
    let bench = TestBench()
    crash(bench, calling: String(repeating: "n", count: 60))
    let cut = try status(of: bench)
    #expect(cut.contains("\"" + String(repeating: "n", count: 48) + " was called"), "\(cut)")

    let other = TestBench()
    other.device.system.retainedBytes = []
    crash(other, calling: "greet")
    #expect(try status(of: other).contains("\"last_error\":null"))
  }

  @Test("any byte of a note that is another makes it none", arguments: 0..<5)
  func damaged(index: Int) throws {
    let bench = TestBench()
    crash(bench, calling: "greet")
    bench.device.system.retainedBytes[index] ^= 0x80
    #expect(try status(of: bench).contains("\"last_error\":null"))
  }
}
