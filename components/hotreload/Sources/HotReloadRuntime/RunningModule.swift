import HotReloadPort
import HotReloadServer

/// The module whose code runs.
public struct RunningModule {
  /// The partition that it belongs to.
  public let label: PartitionLabel
  private let module: LoadedModule

  init(label: PartitionLabel, module: LoadedModule) {
    self.label = label
    self.module = module
  }

  /// Its memory.
  public var block: MemoryBlock { module.block }
  /// Build-ID; nil for an image without a manifest.
  public var id: BuildID? { module.id }
  /// Milliseconds since 1970 when it was packed, 0 without a manifest.
  public var sequence: UInt64 { module.sequence }
  /// Bytes of its image.
  public var imageSize: UInt32 { module.size }
  /// The slot that it came from; nil when it was loaded from memory.
  public var slot: UInt32? { module.slot }
  /// Microseconds from the first check to the last relocation.
  public var loadMicroseconds: UInt32 { module.loadTime }
  /// Microseconds to publish the symbol table.
  public var swapMicroseconds: UInt32 { module.swapTime }
}
