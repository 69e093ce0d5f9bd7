import HotReloadPort

// The port with the store's errors.
extension FlashPort {
  func reading<Value>(
    _ partition: Partition, _ offset: UInt32, _ count: UInt32, _ body: (RawSpan) -> Value
  ) throws(StoreError) -> Value {
    do throws(FlashError) {
      return try withMapped(partition, offset: offset, count: count, body)
    } catch {
      throw .flashFailed
    }
  }

  mutating func erasing(
    _ partition: Partition, _ offset: UInt32, _ count: UInt32
  ) throws(StoreError) {
    do throws(FlashError) {
      try erase(partition, offset: offset, count: count)
    } catch {
      throw .flashFailed
    }
  }

  mutating func writing(
    _ bytes: RawSpan, _ partition: Partition, _ offset: UInt32
  ) throws(StoreError) {
    do throws(FlashError) {
      try write(bytes, to: partition, offset: offset)
    } catch {
      throw .flashFailed
    }
  }
}
