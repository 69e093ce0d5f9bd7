import CHotReload
import HotReloadPort

/// The chip's flash partitions.
struct CFlash: FlashPort {
  func partition(labelled label: PartitionLabel) throws(FlashError) -> Partition {
    var found = hotreload_port_partition_t()
    let bytes = label.bytes
    let result = unsafe bytes.span.withUnsafeBytes { label in
      // Safety: a label's bytes end with a NUL; `found` outlives the call.
      unsafe hotreload_port_find_partition(
        label.baseAddress?.assumingMemoryBound(to: CChar.self), &found)
    }
    guard succeeded(result) else { throw .partitionNotFound }
    return Partition(handle: found.handle, size: found.size, eraseSize: found.erase_size)
  }

  func withMapped<Value>(
    _ partition: Partition, offset: UInt32, count: UInt32, _ body: (RawSpan) -> Value
  ) throws(FlashError) -> Value {
    let mapping = try Mapping(partition, offset: offset, count: count)
    defer { hotreload_port_unmap(mapping.handle) }
    // Safety: the port maps `count` readable bytes until the mapping is undone, after `body`.
    let bytes = unsafe UnsafeRawBufferPointer(
      start: mapping.address, count: Int(truncatingIfNeeded: count))
    return body(unsafe bytes.bytes)
  }

  func erase(_ partition: Partition, offset: UInt32, count: UInt32) throws(FlashError) {
    var partition = hotreload_port_partition_t(partition)
    // Safety: `partition` outlives the call.
    guard succeeded(unsafe hotreload_port_erase(&partition, offset, count)) else { throw .failed }
  }

  func write(_ bytes: RawSpan, to partition: Partition, offset: UInt32) throws(FlashError) {
    var partition = hotreload_port_partition_t(partition)
    let result = unsafe bytes.withUnsafeBytes { bytes in
      // Safety: `partition` and the bytes outlive the call.
      unsafe hotreload_port_write(
        &partition, offset, bytes.baseAddress, UInt32(truncatingIfNeeded: bytes.count))
    }
    guard succeeded(result) else { throw .failed }
  }
}

/// Bytes of a partition in the address space.
@safe private struct Mapping {
  var address: UnsafeRawPointer?
  var handle: UInt = 0

  /// Throws `failed`, also for what lies outside the partition.
  @inline(never)
  init(_ partition: Partition, offset: UInt32, count: UInt32) throws(FlashError) {
    guard offset <= partition.size, partition.size - offset >= count else { throw .failed }
    var partition = hotreload_port_partition_t(partition)
    // Safety: all three outlive the call.
    guard
      succeeded(unsafe hotreload_port_map(&partition, offset, count, &address, &handle))
    else { throw .failed }
  }
}

extension hotreload_port_partition_t {
  init(_ partition: Partition) {
    self.init(
      handle: partition.handle, size: partition.size, erase_size: partition.eraseSize)
  }
}

/// Whether the port's answer is HOTRELOAD_PORT_OK.
func succeeded(_ result: Int32) -> Bool {
  Int(result) == HOTRELOAD_PORT_OK
}
