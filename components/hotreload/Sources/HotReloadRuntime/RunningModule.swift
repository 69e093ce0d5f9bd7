import HotReloadPort

/// The module whose code runs.
public struct RunningModule: Sendable {
  /// The partition that it belongs to.
  public var label: PartitionLabel
  /// Its memory.
  public var block: MemoryBlock
  /// Build-ID; nil for an image without a manifest.
  public var id: BuildID?
  /// Milliseconds since 1970 when it was packed, 0 without a manifest.
  public var sequence: UInt64
  /// Bytes of its image.
  public var imageSize: UInt32
  /// The slot that it came from; nil when it was loaded from memory.
  public var slot: UInt32?
  /// Microseconds from the first check to the last relocation.
  public var loadMicroseconds: UInt32
  /// Microseconds to publish the symbol table.
  public var swapMicroseconds: UInt32
}
