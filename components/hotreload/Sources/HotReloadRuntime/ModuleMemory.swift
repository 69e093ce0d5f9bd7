import HotReloadLoader
import HotReloadPort

/// The memory of one module, and what of it the runtime uses besides the exports.
struct ModuleMemory {
  /// Where it is; no bytes where there is no module.
  var blocks = ModuleBlocks(.empty)
  /// The part of it that is executed.
  var code = ModuleCode.none
  /// The first four bytes of its build-ID as people read them, 0 if it has none.
  var build: UInt32 = 0
  /// Where the addresses of its exports are, from when it is complete until it is published.
  var exports: UInt32 = 0
  /// Where its lifecycle function can be called, 0 if it has none.
  var lifecycle: UInt32 = 0
  /// Where the records of its kept variables begin, on the data bus.
  var keptTable: UInt32 = 0
  /// How many there are.
  var keptCount: UInt32 = 0

  /// Whether it came from an image that is on trial.
  var isOnTrial = false

  /// Whether there is a module.
  var isPresent: Bool { blocks.size > 0 }

  /// Whether all of `count` bytes from `address`, on the data bus, belong to the block with its data.
  func contains(_ address: UInt32, count: UInt32) -> Bool {
    let offset = address &- blocks.data.dataAddress
    return offset <= blocks.data.size && count <= blocks.data.size &- offset
  }
}
