/// A flash partition.
public struct Partition: Equatable, Sendable {
  /// The port's own name for it.
  public var handle: UInt
  /// Bytes.
  public var size: UInt32
  /// Bytes of one erase unit, a power of two.
  public var eraseSize: UInt32

  /// The partition that the port calls `handle`.
  public init(handle: UInt, size: UInt32, eraseSize: UInt32) {
    self.handle = handle
    self.size = size
    self.eraseSize = eraseSize
  }
}

/// Why the flash did not do as asked.
public enum FlashError: Error, Equatable, Sendable {
  /// No partition of this label.
  case partitionNotFound
  /// The driver refused or failed.
  case failed
}

/// Flash partitions with NOR semantics: erase whole units, then write each byte once.
public protocol FlashPort {
  func partition(labelled label: PartitionLabel) throws(FlashError) -> Partition

  /// Lends `count` bytes from `offset` to `body`; the bytes are gone when it returns.
  func withMapped<Value>(
    _ partition: Partition, offset: UInt32, count: UInt32, _ body: (RawSpan) -> Value
  ) throws(FlashError) -> Value

  /// Erases whole units: `offset` and `count` are multiples of `eraseSize`.
  mutating func erase(_ partition: Partition, offset: UInt32, count: UInt32) throws(FlashError)

  /// Writes to erased flash: `offset` and `bytes.byteCount` are multiples of 16 (flash encryption).
  mutating func write(
    _ bytes: RawSpan, to partition: Partition, offset: UInt32
  ) throws(FlashError)
}
