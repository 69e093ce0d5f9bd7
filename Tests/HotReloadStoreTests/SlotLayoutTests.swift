import HotReloadPort
import HotReloadStore
import Testing

private func slots(size: UInt32, eraseSize: UInt32) -> SlotLayout? {
  SlotLayout(Partition(handle: 0, size: size, eraseSize: eraseSize))
}

@Suite struct `Slot layout` {
  /// Partition size, erase unit, size of a slot.
  @Test(
    arguments: [
      (8192, 4096, 4096), (12288, 4096, 4096), (16384, 4096, 8192), (65536, 4096, 32768),
      (0x10_1000, 4096, 0x8_0000), (0x8_0000, 0x4_0000, 0x4_0000), (9000, 4096, 4096),
      (0x7FFF_FFFF, 4096, 0x3FFF_F000),
    ] as [(UInt32, UInt32, UInt32)])
  func `divides the partition at the middle, rounded down`(
    size: UInt32, eraseSize: UInt32, slotSize: UInt32
  ) throws {
    let layout = try #require(slots(size: size, eraseSize: eraseSize))
    #expect(layout.slotSize == slotSize)
    #expect(layout.capacity == slotSize - 512)
    #expect(layout.offset(of: .first) == 0)
    #expect(layout.offset(of: .second) == slotSize)
  }

  /// Partition size, erase unit.
  @Test(
    arguments: [
      (0, 4096), (4096, 4096), (8191, 4096), (0x4_0000, 0x4_0000), (1024, 512), (8192, 256),
      (8192, 0), (12288, 3072), (0x8000_0000, 4096), (0xFFFF_F000, 4096), (8192, 0x8000_0000),
    ] as [(UInt32, UInt32)])
  func `refuses what has no room or no usable unit`(size: UInt32, eraseSize: UInt32) {
    #expect(slots(size: size, eraseSize: eraseSize) == nil)
    #expect(throws: StoreError.unusablePartition) {
      try Store(Partition(handle: 0, size: size, eraseSize: eraseSize))
    }
  }

  @Test func `slots are each other's other`() {
    #expect(Slot.first.other == .second)
    #expect(Slot.second.other == .first)
  }
}
