import Testing

@testable import HotReloadBuild

struct PartitionImageTests {
  let partition = BuildPlan.Partition(label: "p", size: 16384, eraseSize: 4096)

  @Test func `the image lies in slot 0, confirmed; slot 1 is erased`() throws {
    let image = [UInt8](1...100)
    let bytes = try PartitionImage.bytes(image: image, partition: partition)
    func text(_ offset: Int, _ count: Int) -> String {
      String(decoding: bytes[offset..<offset + count], as: UTF8.self)
    }
    #expect(bytes.count == 16384)
    #expect(text(0, 4) == "HRS1")
    #expect(bytes[8] == 100)
    #expect(text(96, 32) == "hotreload markedhotreload marked")
    #expect(text(224, 32) == "hotreload markedhotreload marked")
    #expect(bytes[128..<224].allSatisfy { $0 == 0xFF })
    #expect(bytes[256..<288].allSatisfy { $0 == 0xFF })
    #expect(Array(bytes[512..<612]) == image)
    #expect(bytes[612..<624].allSatisfy { $0 == 0 })
    #expect(bytes[624...].allSatisfy { $0 == 0xFF })
  }

  @Test func `an image larger than a slot is refused`() throws {
    #expect(throws: Never.self) {
      try PartitionImage.bytes(
        image: [UInt8](repeating: 1, count: 8192 - 512), partition: partition)
    }
    let failure = #expect(throws: BuildFailure.self) {
      try PartitionImage.bytes(
        image: [UInt8](repeating: 1, count: 8192 - 511), partition: partition)
    }
    #expect(failure?.code == .partitionTooSmall)
  }
}
