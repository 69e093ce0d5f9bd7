import HotReloadStore
import Testing

@Test(arguments: [
  (StoreError.unusablePartition, "unusable_partition", "the partition has no room for two slots"),
  (StoreError.emptyImage, "empty_image", "the image is empty"),
  (StoreError.imageTooLarge, "image_too_large", "the image is larger than a slot of the partition"),
  (StoreError.imageIncomplete, "image_incomplete", "the image ended early"),
  (
    StoreError.plainImageInTheWay, "plain_image_in_the_way",
    "the flashed image leaves no room for a second one"
  ),
  (StoreError.imageReplaced, "image_replaced", "the slot holds another image"),
  (StoreError.flashNotAsWritten, "flash_not_as_written", "the flash does not read back as written"),
  (StoreError.flashFailed, "flash_failed", "the flash driver failed"),
])
func `store errors have codes in snake case, and sentences`(
  error: StoreError, code: String, message: String
) {
  #expect("\(error.code)" == code)
  #expect("\(error.message)" == message)
}
