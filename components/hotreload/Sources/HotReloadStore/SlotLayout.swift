import HotReloadPort

/// One of the two slots of a partition.
public enum Slot: UInt32, Sendable {
  case first = 0
  case second = 1

  /// The one that it is not.
  public var other: Slot { self == .first ? .second : .first }
}

/// Where the slots of a partition are (docs/STORE.md).
public struct SlotLayout: Equatable, Sendable {
  /// Where the image begins, in bytes from the beginning of its slot.
  public static let imageOffset: UInt32 = 512

  /// Bytes of each slot, a multiple of the erase unit.
  public let slotSize: UInt32

  /// Nil if the partition has no room for two slots with an image each, if its erase unit is not a
  /// power of two of at least 512 bytes (a slot's header must lie within one), or if it has 2 GiB
  /// or more (offsets fit in 31 bits).
  public init?(_ partition: Partition) {
    let unit = partition.eraseSize
    guard unit >= Self.imageOffset, unit & (unit - 1) == 0, partition.size <= 0x7FFF_FFFF else {
      return nil
    }
    slotSize = (partition.size / 2) & ~(unit - 1)
    guard slotSize > Self.imageOffset else { return nil }
  }

  /// The largest image that a slot takes, in bytes.
  public var capacity: UInt32 { slotSize - Self.imageOffset }

  /// Where `slot` begins, in bytes from the beginning of the partition.
  public func offset(of slot: Slot) -> UInt32 { slot == .first ? 0 : slotSize }
}
