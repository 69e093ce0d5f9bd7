import HotReloadPort
import HotReloadServer
import Testing

@Suite("Status")
struct StatusTests {
  private func body(_ device: DeviceStatus, _ modules: [ModuleStatus]) -> String {
    let text = replyText(Reply(.status), device: device, modules: modules)
    let parts = text.split(separator: "\r\n\r\n", maxSplits: 1)
    let body = String(parts[1])
    #expect(parts[0].contains("Content-Length: \(body.utf8.count)\r\n"))
    return body
  }

  private func label(_ text: String) throws -> PartitionLabel {
    let bytes = Array(text.utf8)
    let label = PartitionLabel(bytes.span)
    return try #require(label)
  }

  @Test("the JSON of docs/PROTOCOL.md, longer than a window")
  func loaded() throws {
    let module = ModuleStatus(
      partition: try label("hotreload"),
      module: LoadedModule(
        id: BuildID(bytes: .init(repeating: 0x5A)), sequence: 1_763_712_000_000, size: 420, slot: 1,
        block: MemoryBlock(
          dataAddress: 2_155_905_024, executableAddress: 2_155_905_025, size: 160),
        loadTime: 210, swapTime: 3))
    let firmware = String(repeating: "f1", count: 32)
    let id = String(repeating: "5a", count: 32)
    #expect(
      body(TestDevice.status, [module])
        == #"{"server":"hotreload 0.1.0","chip":"test-chip","uptime_ms":4211,"#
        + #""boot_id":"0123456789abcdef","reset":"other","#
        + #""firmware":{"id":"\#(firmware)","version":"1"},"#
        + #""auth":"challenge","encodings":["delta"],"pending":false,"reloads":1,"modules":["#
        + #"{"partition":"hotreload","pending":false,"loaded":true,"#
        + #""id":"\#(id)","sequence":1763712000000,"#
        + #""size":420,"slot":1,"stored":true,"state":"confirmed","address":2155905024,"#
        + #""executable_address":2155905025,"ram":160,"#
        + #""load_us":210,"swap_us":3}],"last_error":null}"# + "\n")
  }

  @Test("nothing loaded, several partitions")
  func notLoaded() throws {
    var modules = [
      ModuleStatus(partition: try label("a")),
      ModuleStatus(partition: try label("\"\u{1}")),
    ]
    modules[1].isPending = true
    #expect(
      body(TestDevice.status, modules).contains(
        #""modules":[{"partition":"a","pending":false,"loaded":false},"#
          + #"{"partition":"\"\u0001","pending":true,"loaded":false}]"#))
  }

  @Test("without a manifest, from a buffer: empty id, null slot")
  func buffer() throws {
    let module = ModuleStatus(
      partition: try label("a"),
      module: LoadedModule(
        id: nil, sequence: 0, size: 1, slot: nil,
        block: MemoryBlock(dataAddress: 0, executableAddress: 0, size: 1), loadTime: 0,
        swapTime: 0))
    #expect(
      body(TestDevice.status, [module]).contains(
        #""loaded":true,"id":"","sequence":0,"size":1,"slot":null,"stored":false,"state":"confirmed","#
      ))
  }

  @Test("last error")
  func lastError() {
    var status = TestDevice.status
    status.isPending = true
    status.authentication = .body
    status.lastError = ModuleFailure(
      module: nil, refusal: Refusal(.notLoadable, "no symbol %s"), text: ShortText("foo"))
    let body = body(status, [])
    #expect(
      body.contains(
        #""auth":"body","encodings":["delta"],"pending":true,"reloads":1,"modules":[],"#))
    #expect(
      body.hasSuffix(
        #""last_error":{"module":"","error":"not_loadable","detail":"no symbol foo"}}"# + "\n"))
  }
}
