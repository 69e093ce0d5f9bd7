import Testing

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

@testable import HotReloadClient

@Suite struct DeviceStatusTests {
  @Test func readsTheExampleOfTheProtocol() throws {
    let status = try decode(Sample.status(module: Sample.module))
    #expect(status.chip == "qemu-riscv32")
    #expect(status.firmware == .init(id: Sample.firmware, version: "1"))
    #expect(status.authentication == .challenge)
    let module = try #require(status.module(in: "hotreload"))
    #expect(module.id == Sample.module)
    #expect(module.sequence == 1_763_712_000_000)
    #expect(module.address == 2_155_905_024)
    #expect(module.loadMicroseconds == 210)
    #expect(module.swapMicroseconds == 3)
    #expect(status.lastError == nil)
    #expect(status.module(in: "other") == nil)
  }

  @Test func aModuleThatIsNotLoadedHasOnlyItsPartition() throws {
    let status = try decode(Sample.status(failed: Sample.module))
    #expect(status.modules == [.init(partition: "hotreload", loaded: false)])
    #expect(
      status.lastError
        == .init(module: Sample.module, error: "not_loadable", detail: "no memory"))
  }

  @Test func membersOfNewerDevicesAreIgnored() throws {
    let text = Sample.status().replacing("{\"server\"", with: "{\"novel\":[1],\"server\"")
    #expect(try decode(text) == decode(Sample.status()))
  }

  private func decode(_ text: String) throws -> DeviceStatus {
    try JSONDecoder().decode(DeviceStatus.self, from: Data(text.utf8))
  }
}
