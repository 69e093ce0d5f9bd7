import HotReloadPort

/// A module's image in RAM (`?stage=ram`).
struct RAMImage {
  /// Where it is; no bytes where there is none.
  var block = MemoryBlock.empty
  /// Bytes of the image; while it is uploaded, of those that came.
  var length: UInt32 = 0
  /// Whether flash gets it when it has proved to be good.
  var isForFlash = false
  /// Whether it is what runs.
  var isRunning = false

  /// Whether there is one.
  var isPresent: Bool { block.size > 0 }
}
