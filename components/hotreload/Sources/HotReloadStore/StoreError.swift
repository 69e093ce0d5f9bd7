/// Why the store did not do as asked.
public enum StoreError: Error, Equatable, Sendable {
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
  public var code: StaticString {
    switch self {
    case .unusablePartition: "unusable_partition"
    case .emptyImage: "empty_image"
    case .imageTooLarge: "image_too_large"
    case .imageIncomplete: "image_incomplete"
    case .plainImageInTheWay: "plain_image_in_the_way"
    case .imageReplaced: "image_replaced"
    case .flashNotAsWritten: "flash_not_as_written"
    case .flashFailed: "flash_failed"
    }
  }

  /// A sentence for people.
  @inline(never)
  public var message: StaticString {
    switch self {
    case .unusablePartition: "the partition has no room for two slots"
    case .emptyImage: "the image is empty"
    case .imageTooLarge: "the image is larger than a slot of the partition"
    case .imageIncomplete: "the image ended early"
    case .plainImageInTheWay: "the flashed image leaves no room for a second one"
    case .imageReplaced: "the slot holds another image"
    case .flashNotAsWritten: "the flash does not read back as written"
    case .flashFailed: "the flash driver failed"
    }
  }
}
