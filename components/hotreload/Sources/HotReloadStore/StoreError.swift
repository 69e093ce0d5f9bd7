import HotReloadPort

/// Why the store did not do as asked.
public enum StoreError: UInt8, Error, Equatable, Sendable {
  /// The partition has no room for two slots, or its erase unit is not usable.
  case unusablePartition
  /// An image of no bytes.
  case emptyImage
  /// The image is larger than a slot, or more bytes came than were announced.
  case imageTooLarge
  /// Fewer bytes came than were announced.
  case imageIncomplete
  /// A plain image reaches into the second slot: there is no room for another one.
  case plainImageInTheWay
  /// The slot does not hold the image that was asked for; a plain image is in none, hence has no marks.
  case imageReplaced
  /// The flash does not read back as written.
  case flashNotAsWritten
  /// The flash driver refused or failed.
  case flashFailed
}

extension StoreError {
  /// A stable name for programs, in snake case.
  public var code: TextLine { TextLine(Self.codes, rawValue) }

  /// A sentence for people.
  public var message: TextLine { TextLine(Self.messages, rawValue) }

  private static var codes: StaticString {
    """
    unusable_partition
    empty_image
    image_too_large
    image_incomplete
    plain_image_in_the_way
    image_replaced
    flash_not_as_written
    flash_failed
    """
  }

  private static var messages: StaticString {
    """
    the partition has no room for two slots
    the image is empty
    the image is larger than a slot of the partition
    the image ended early
    the flashed image leaves no room for a second one
    the slot holds another image
    the flash does not read back as written
    the flash driver failed
    """
  }
}
