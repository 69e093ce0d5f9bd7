import HotReloadPort

extension ModuleStore {
  /// Marks `image` as known to be good. Nothing happens if it is marked already, or plain.
  ///
  /// Throws `StoreError.imageReplaced`, `.flashNotAsWritten`, `.flashFailed`.
  public func confirm(
    _ image: StoredImage, in flash: inout some FlashPort
  ) throws(StoreError) {
    if image.isPlain { return }
    try set(.confirmed, of: image, in: &flash)
  }

  /// Marks `image` as one that cannot be used: from now on the other slot's image is the current
  /// one, if it is valid. Nothing happens if it is marked already.
  ///
  /// Throws `StoreError.plainImageHasNoMarks`, `.imageReplaced`, `.flashNotAsWritten`,
  /// `.flashFailed`.
  public func markBad(
    _ image: StoredImage, in flash: inout some FlashPort
  ) throws(StoreError) {
    if image.isPlain { throw .plainImageHasNoMarks }
    try set(.bad, of: image, in: &flash)
  }

  /// Writes `mark`. A mark whose write was interrupted is written again: with the same bytes, which
  /// NOR flash allows, encrypted or not.
  private func set(
    _ mark: Mark, of image: StoredImage, in flash: inout some FlashPort
  ) throws(StoreError) {
    let state = try state(of: image.slot, in: flash)
    guard let header = state.header, header.sequence == image.sequence,
      header.digest.isEqualInConstantTime(to: image.digest)
    else { throw .imageReplaced }
    if try !isSet(mark, in: image.slot, flash) {
      try write(mark, in: image.slot, &flash)
    }
  }

  /// Writes `mark` and reads it back.
  func write(
    _ mark: Mark, in slot: Slot, _ flash: inout some FlashPort
  ) throws(StoreError) {
    let bytes = mark.bytes
    try flash.writing(bytes.span.raw, partition, layout.offset(of: slot) + mark.offset)
    guard try isSet(mark, in: slot, flash) else { throw .flashNotAsWritten }
  }

  private func isSet(
    _ mark: Mark, in slot: Slot, _ flash: some FlashPort
  ) throws(StoreError) -> Bool {
    try flash.reading(partition, layout.offset(of: slot), SlotState.size) { mark.isSet(in: $0) }
  }
}
